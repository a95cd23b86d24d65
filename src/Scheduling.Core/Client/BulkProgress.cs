namespace Scheduling;

/// <summary>How far a bulk call has come.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BulkProgress
{
    /// <summary>The job that was done last.</summary>
    public required BulkItem Item { get; init; }

    /// <summary>How many are done.</summary>
    public int Done { get; init; }
}
