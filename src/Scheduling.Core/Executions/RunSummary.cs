using NodaTime;

namespace Scheduling;

/// <summary>The short form of an execution that a run sees of the run before it, and that a job shows as its last run.</summary>
public sealed record RunSummary
{
    /// <summary>The execution.</summary>
    public ExecutionId Id { get; init; }

    /// <summary>Where it stands.</summary>
    public ExecutionStatus Status { get; init; }

    /// <summary>The slot it ran for; null for a manual run.</summary>
    public Instant? ScheduledFor { get; init; }

    /// <summary>When its last attempt started, by the store's clock; null when none has.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>When it ended, by the store's clock; null while it has not.</summary>
    public Instant? EndedAt { get; init; }
}
