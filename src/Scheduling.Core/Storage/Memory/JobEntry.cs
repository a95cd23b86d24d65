using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;

namespace Scheduling.Storage;

/// <summary>A job: the definition as people wrote it, and the hot fields that claims change. All under the state's lock.</summary>
internal sealed class JobEntry(JobId id, TenantEntry tenant) : HeapItem
{
    private EndedRun _lastRun;

    public JobId Id { get; } = id;

    public TenantEntry Tenant { get; } = tenant;

    public TurnEntry Turn { get; set; } = null!;

    public JobDefinition Definition { get; set; } = null!;

    public long Version { get; set; }

    public long CreatedAt { get; set; }

    public long UpdatedAt { get; set; }

    public long Anchor { get; set; }

    public ulong SpreadHash { get; set; }

    public Pause? Pause { get; set; }

    public JobFault? Fault { get; set; }

    public JobState JobState { get; set; }

    public bool IsDeleted { get; set; }

    public bool IsNotedCompleted { get; set; }

    public long NextSlot { get; set; } = Ticks.None;

    public long NextRunAt { get; set; } = Ticks.None;

    public long LastSlot { get; set; } = Ticks.None;

    /// <summary>The fencing token handed out last; only rises.</summary>
    public long Fence { get; set; }

    /// <summary>The open executions, newest first, linked by <see cref="RunEntry.NextOfJob"/>.</summary>
    public RunEntry? NewestOpen { get; set; }

    public int Open { get; set; }

    public int Waiting { get; set; }

    public long LastSuccessAt { get; set; } = Ticks.None;

    /// <summary>The newest history row of the job; 0 for none.</summary>
    public long NewestRow { get; set; }

    /// <summary>When the engine must look at the job: its next start, or the end of its pause.</summary>
    public long DueAt => Fault is not null ? Ticks.None : Pause is null ? NextRunAt : Ticks.Of(Pause.Until);

    /// <summary>The execution that had a start and ended last.</summary>
    public ref EndedRun LastRun => ref _lastRun;

    public ScheduleContext Context(DuePlanner planner) => new() { Anchor = Ticks.ToInstant(Anchor), SpreadHash = SpreadHash, Zones = planner.Zones };

    public Job ToJob() => new()
    {
        Id = Id,
        Tenant = Tenant.Id,
        Definition = Definition,
        Version = Version,
        CreatedAt = Ticks.ToInstant(CreatedAt),
        UpdatedAt = Ticks.ToInstant(UpdatedAt),
        Anchor = Ticks.ToInstant(Anchor),
        State = JobState,
        Pause = Pause,
        Fault = Fault,
        NextSlot = Ticks.ToInstantOrNull(NextSlot),
        NextRunAt = Pause is null && Fault is null ? Ticks.ToInstantOrNull(NextRunAt) : null,
        LastSlot = Ticks.ToInstantOrNull(LastSlot),
        OpenExecutions = Open,
        LastRun = RunBefore(given: null),
        LastSuccessAt = Ticks.ToInstantOrNull(LastSuccessAt),
    };

    /// <summary>Takes over when the job runs next; a plan that starts nothing and skips nothing.</summary>
    public void Take(in DuePlan plan)
    {
        Fault = plan.Fault;
        LastSlot = Ticks.Of(plan.LastSlot);
        NextSlot = Ticks.Of(plan.NextSlot);
        NextRunAt = Ticks.Of(plan.NextStart);
        JobState = JobStates.Of(Definition.Schedule, Pause, plan.Fault, plan.NextSlot);
    }

    public void Take(Job job)
    {
        Definition = job.Definition;
        Version = job.Version;
        CreatedAt = Ticks.Of(job.CreatedAt);
        UpdatedAt = Ticks.Of(job.UpdatedAt);
        Anchor = Ticks.Of(job.Anchor);
        SpreadHash = DuePlanner.SpreadOf(Tenant.Id, job.Definition);
        Pause = job.Pause;
        Fault = job.Fault;
        JobState = job.State;
        NextSlot = Ticks.Of(job.NextSlot);
        if (job.Fault is null || job.NextSlot is null || job.NextRunAt is not null)
            NextRunAt = Ticks.Of(job.NextRunAt); // a parked job shows no next run and keeps it
        LastSlot = Ticks.Of(job.LastSlot);
    }

    /// <summary>The newest execution with a start, before a given one: an open one that has started, or the last that ended.</summary>
    public RunSummary? RunBefore(RunEntry? given)
    {
        for (var run = NewestOpen; run is not null; run = run.NextOfJob)
        {
            if (run.Attempt > 0 && run != given)
                return run.ToSummary();
        }
        return _lastRun.ToSummary();
    }
}
