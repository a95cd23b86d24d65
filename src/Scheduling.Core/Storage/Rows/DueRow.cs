using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;

namespace Scheduling.Storage.Rows;

/// <summary>A job as a database store holds it: the definition people wrote, joined to the hot fields that claims change. A store may decide on it only while it has the row locked.</summary>
internal sealed class DueRow
{
    private ulong? _spread;

    public required JobId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required JobDefinition Definition { get; set; }

    /// <summary>The executor whose turn serves the job.</summary>
    public string Executor => Definition.Executor;

    public long Version { get; set; }

    public Instant CreatedAt { get; set; }

    public Instant UpdatedAt { get; set; }

    public Instant Anchor { get; set; }

    public JobState State { get; set; }

    public Pause? Pause { get; set; }

    public JobFault? Fault { get; set; }

    public bool IsDeleted { get; set; }

    public Instant? NextSlot { get; set; }

    /// <summary>The start of <see cref="NextSlot"/>; kept while the job is parked, so that it goes on where it stood.</summary>
    public Instant? NextStart { get; set; }

    public Instant? LastSlot { get; set; }

    /// <summary>The fencing token handed out last; only rises.</summary>
    public long Fence { get; set; }

    /// <summary>How many executions are open, pending ones included.</summary>
    public int Open { get; set; }

    /// <summary>How many of them wait for another of the job.</summary>
    public int Waiting { get; set; }

    /// <summary>The execution that started and ended last, or null.</summary>
    public RunSummary? LastRun { get; set; }

    public Instant? LastSuccessAt { get; set; }

    /// <summary>The newest history row, when that is one of slots without a run and may be extended; else null.</summary>
    public GapTail? Tail { get; set; }

    /// <summary>When a claim must look at the job: its next start or the end of its pause; null when neither will come by itself.</summary>
    public Instant? DueAt => IsDeleted || Fault is not null ? null : Pause is null ? NextStart : Pause.Until;

    public ScheduleContext Context(DuePlanner planner) => new()
    {
        Anchor = Anchor,
        SpreadHash = _spread ??= DuePlanner.SpreadOf(Tenant, Definition),
        Zones = planner.Zones,
    };

    /// <summary>Takes over what a create or an edit decided.</summary>
    public void Take(Job job)
    {
        Definition = job.Definition;
        _spread = null;
        Version = job.Version;
        CreatedAt = job.CreatedAt;
        UpdatedAt = job.UpdatedAt;
        Anchor = job.Anchor;
        State = job.State;
        Pause = job.Pause;
        Fault = job.Fault;
        NextSlot = job.NextSlot;
        if (job.Fault is null || job.NextSlot is null || job.NextRunAt is not null)
            NextStart = job.NextRunAt; // a parked job shows no next run and keeps it
        LastSlot = job.LastSlot;
    }

    /// <summary>The row of a job that was just made.</summary>
    public static DueRow Of(Job job)
    {
        var row = new DueRow { Id = job.Id, Tenant = job.Tenant, Definition = job.Definition };
        row.Take(job);
        return row;
    }

    /// <summary>The job as people see it.</summary>
    /// <param name="lastRun">The execution that started last, open ones included.</param>
    public Job ToJob(RunSummary? lastRun) => new()
    {
        Id = Id,
        Tenant = Tenant,
        Definition = Definition,
        Version = Version,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Anchor = Anchor,
        State = State,
        Pause = Pause,
        Fault = Fault,
        NextSlot = NextSlot,
        NextRunAt = Pause is null && Fault is null ? NextStart : null,
        LastSlot = LastSlot,
        OpenExecutions = Open,
        LastRun = lastRun,
        LastSuccessAt = LastSuccessAt,
    };
}
