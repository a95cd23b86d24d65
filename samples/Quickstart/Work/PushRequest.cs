namespace Quickstart.Work;

/// <summary>What a job of <see cref="ExecutorKeys.Push"/> hands over.</summary>
internal sealed record PushRequest
{
    /// <summary>Where the export goes.</summary>
    public required string Bucket { get; init; }
}
