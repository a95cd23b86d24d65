using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>What should run, when and how: a job as its owner writes it.</summary>
/// <remarks>Immutable and thread-safe. Checked as a whole when it is stored: a bad one is refused with every problem named, and nothing is stored.</remarks>
public sealed record JobDefinition
{
    /// <summary>The longest <see cref="Name"/>: 256 characters.</summary>
    public const int MaximumNameLength = 256;

    /// <summary>The longest <see cref="Description"/>: 4,096 characters.</summary>
    public const int MaximumDescriptionLength = 4_096;

    /// <summary>The default of <see cref="Timeout"/>: 24 hours.</summary>
    public static readonly Duration DefaultTimeout = Duration.FromHours(24);

    /// <summary>The name for programs: 1-128 characters, unique within the tenant, never changes. Null (the default) makes it the job's id.</summary>
    public string? Key { get; init; }

    /// <summary>The name for people, at most 256 characters; null for none. Need not be unique; a change moves nothing.</summary>
    public string? Name { get; init; }

    /// <summary>What the job is for, at most 4,096 characters; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The key under which the executor was registered, such as <c>integration.sync</c>; 1-128 characters. An executor that no node has yet is allowed: the job waits for it.</summary>
    public required string Executor { get; init; }

    /// <summary>When it runs.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>What it hands to the executor. Default: nothing.</summary>
    public JobPayload Payload { get; init; }

    /// <summary>Whether the job starts active. Counts at creation only: afterwards a pause is a state of the job, which <see cref="ITenantJobs.EnsureAsync"/> leaves alone. Default true.</summary>
    public bool Active { get; init; } = true;

    /// <summary>What happens to slots that could not start in time. Default: one run for all of them.</summary>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    /// <summary>What happens to a slot while an earlier execution is not finished. Default: it is skipped and counted.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>Whether failed attempts are made again. Default: no.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>How long one attempt may take before its token fires; 30 seconds of grace later it counts as timed out. More than zero, at most 365 days. Default 24 hours.</summary>
    public Duration Timeout { get; init; } = DefaultTimeout;

    /// <summary>What happens to an execution whose node was lost. Default: it starts again.</summary>
    public OrphanPolicy Orphans { get; init; }

    /// <summary>
    /// A point of the grid of an interval, or of the time of day of an unpinned polling schedule; floored to the second. Null (the default) makes it one interval after creation. Kept through
    /// edits; setting it anew moves the grid.
    /// </summary>
    public Instant? Anchor { get; init; }

    /// <summary>The text that spreads the job inside its window and stands for <c>H</c> in cron, instead of tenant and key. Null (the default) uses these; jobs with the same text start together.</summary>
    public string? SpreadKey { get; init; }

    /// <summary>The set of definitions that the job belongs to; null for a job that somebody made by itself. Written by reconciling only: other writes keep what is there, and a copy of the definition belongs to none.</summary>
    public JobSource? Source { get; internal init; }
}
