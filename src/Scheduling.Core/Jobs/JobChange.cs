using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>A partial update of a job: fields that are not set stay as they are. The key never changes.</summary>
/// <remarks>
/// Setting the values that are already there changes nothing, not even the version. A new name or payload moves no run. A new schedule counts from now: it never fires at once because of
/// its past, and the anchor stays unless <see cref="Anchor"/> is set or the kind of schedule changes. Immutable and thread-safe.
/// </remarks>
public sealed record JobChange
{
    /// <summary>The name for people.</summary>
    public Change<string?> Name { get; init; }

    /// <summary>What the job is for.</summary>
    public Change<string?> Description { get; init; }

    /// <summary>The executor; applies from the next claim.</summary>
    public Change<string> Executor { get; init; }

    /// <summary>When it runs.</summary>
    public Change<Schedule> Schedule { get; init; }

    /// <summary>The payload, replaced whole; applies from the next claim.</summary>
    public Change<JobPayload> Payload { get; init; }

    /// <summary>False pauses the job (if it is not paused), true resumes it.</summary>
    public Change<bool> Active { get; init; }

    /// <summary>What happens to slots that could not start in time.</summary>
    public Change<MisfirePolicy> Misfire { get; init; }

    /// <summary>What happens to a slot while an earlier execution is not finished.</summary>
    public Change<OverlapPolicy> Overlap { get; init; }

    /// <summary>Whether failed attempts are made again.</summary>
    public Change<RetryPolicy> Retry { get; init; }

    /// <summary>How long one attempt may take.</summary>
    public Change<Duration> Timeout { get; init; }

    /// <summary>What happens to an execution whose node was lost.</summary>
    public Change<OrphanPolicy> Orphans { get; init; }

    /// <summary>A point of the grid; null asks for a new one from now.</summary>
    public Change<Instant?> Anchor { get; init; }

    /// <summary>The text that spreads the job; null goes back to tenant and key.</summary>
    public Change<string?> SpreadKey { get; init; }
}
