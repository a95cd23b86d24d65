namespace Scheduling;

/// <summary>Something legal about a job that is probably not meant.</summary>
/// <remarks>Immutable and thread-safe. The text is English and meant for people.</remarks>
public sealed record JobWarning
{
    /// <summary>What it is about.</summary>
    public JobWarningKind Kind { get; internal init; }

    /// <summary>A sentence about it.</summary>
    public string Message { get; internal init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Message;
}
