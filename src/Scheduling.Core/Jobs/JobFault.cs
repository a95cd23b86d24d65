using NodaTime;

namespace Scheduling;

/// <summary>Why and since when a job stands still although nobody paused it.</summary>
public sealed record JobFault
{
    /// <summary>The kind of fault.</summary>
    public JobFaultReason Reason { get; init; }

    /// <summary>What happened and how to mend it, in English, for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>Since when, by the store's clock.</summary>
    public Instant Since { get; init; }
}
