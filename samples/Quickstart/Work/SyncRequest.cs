namespace Quickstart.Work;

/// <summary>What a job of <see cref="ExecutorKeys.Sync"/> hands over.</summary>
internal sealed record SyncRequest
{
    /// <summary>The system to read.</summary>
    public required string Source { get; init; }

    /// <summary>How many pages there are; each takes a minute.</summary>
    public required int Pages { get; init; }

    /// <summary>How many of them the source refuses to give.</summary>
    public int Refused { get; init; }
}
