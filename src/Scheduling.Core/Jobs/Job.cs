using NodaTime;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>A job as stored: its definition and where it stands.</summary>
/// <remarks>A snapshot: immutable and thread-safe. Times are those of the store's clock.</remarks>
public sealed record Job
{
    /// <summary>The id.</summary>
    public JobId Id { get; init; }

    /// <summary>The owner.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>The definition as written, with its key filled in. Its <see cref="JobDefinition.Active"/> is what the creator asked for; see <see cref="Active"/> for now.</summary>
    public JobDefinition Definition { get; init; } = Empty;

    /// <summary>The name for programs, unique within the tenant.</summary>
    public string Key => Definition.Key ?? "";

    /// <summary>The name for people, or null.</summary>
    public string? Name => Definition.Name;

    /// <summary>The key of the executor that does the work.</summary>
    public string Executor => Definition.Executor;

    /// <summary>When it runs.</summary>
    public Schedule Schedule => Definition.Schedule;

    /// <summary>What it hands to the executor.</summary>
    public JobPayload Payload => Definition.Payload;

    /// <summary>False while the job itself is paused; a pause of its tenant or executor (<see cref="ScopedPause"/>) leaves it alone.</summary>
    public bool Active => Pause is null;

    /// <summary>Counts the changes of the definition, of pauses too, from 1. Claims and runs do not count.</summary>
    public long Version { get; init; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; init; }

    /// <summary>When its definition or pause changed last.</summary>
    public Instant UpdatedAt { get; init; }

    /// <summary>A point of its grid; see <see cref="JobDefinition.Anchor"/>.</summary>
    public Instant Anchor { get; init; }

    /// <summary>Whether it will run by itself, and if not, why.</summary>
    public JobState State { get; init; } = JobState.Active;

    /// <summary>The job's own pause, or null.</summary>
    public Pause? Pause { get; init; }

    /// <summary>The pause of its tenant or executor that stops it as well, the one that ends last; or null.</summary>
    public ScopedPause? ScopedPause { get; init; }

    /// <summary>Why it stands still, or null.</summary>
    public JobFault? Fault { get; init; }

    /// <summary>The next slot; null when none is planned (paused, also by tenant or executor; completed, faulted, parked, manual, disabled).</summary>
    public Instant? NextSlot { get; init; }

    /// <summary>When it will start next: <see cref="NextSlot"/> + spread. Null when none is planned.</summary>
    public Instant? NextRunAt { get; init; }

    /// <summary>The last slot that has a history row, or from which on slots count; never falls.</summary>
    public Instant? LastSlot { get; init; }

    /// <summary>The executions that are not finished.</summary>
    public int OpenExecutions { get; init; }

    /// <summary>The newest execution with a start, or null.</summary>
    public RunSummary? LastRun { get; init; }

    /// <summary>When the start of the last successful run was, or null.</summary>
    public Instant? LastSuccessAt { get; init; }

    private static JobDefinition Empty { get; } = new() { Executor = "", Schedule = Schedule.Manual };
}
