using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>The tables of an in-memory store and the moves that keep them consistent. Every member but <see cref="Now"/> needs the lock <see cref="Gate"/>.</summary>
internal sealed class MemoryState(TimeProvider time, int maximumHistory)
{
    /// <summary>As many as a large node runs at once.</summary>
    private const int MostSpareRuns = 4_096;

    private readonly Dictionary<string, TenantEntry> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ExecutorEntry> _executors = new(StringComparer.Ordinal);
    private readonly Dictionary<(TenantEntry Tenant, string Key), JobEntry> _keys = new(JobKeyComparer.Instance);
    private readonly Stack<RunEntry> _spareRuns = new();
    private long _turnOrder;
    private long _claims;
    private long _lastIdUnits;

    public Lock Gate { get; } = new();

    public WakeList Wakes { get; } = new();

    public Dictionary<JobId, JobEntry> Jobs { get; } = [];

    public Dictionary<ExecutionId, RunEntry> Runs { get; } = [];

    public Dictionary<OwnerId, ProcessEntry> Processes { get; } = [];

    /// <summary>Run-now requests by job and idempotency key, for as long as their executions are kept.</summary>
    public Dictionary<(JobId Job, string Key), ExecutionId> Requests { get; } = [];

    public Dictionary<(string Tenant, string Name), SealedSecret> Secrets { get; } = [];

    public PauseBook Pauses { get; } = new();

    public MemoryHistory History { get; } = new(maximumHistory);

    /// <summary>Deleted jobs whose rows are not cleared yet, and completed ones with the time of their completion.</summary>
    public Queue<JobEntry> Tombstones { get; } = new();

    public PriorityQueue<JobId, long> Completed { get; } = new();

    public IEnumerable<ExecutorEntry> Executors => _executors.Values;

    public IEnumerable<TenantEntry> Tenants => _tenants.Values;

    /// <summary>The zone data that next runs are computed by; null before the first sweep.</summary>
    public ZoneWalk? Zones { get; set; }

    public Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());

    public TenantEntry? FindTenant(TenantId id) => _tenants.GetValueOrDefault(id.Value);

    public TenantEntry TenantOf(TenantId id)
    {
        if (!_tenants.TryGetValue(id.Value, out var tenant))
            _tenants[id.Value] = tenant = new TenantEntry(id);
        return tenant;
    }

    public ExecutorEntry ExecutorOf(string key)
    {
        if (!_executors.TryGetValue(key, out var executor))
            _executors[key] = executor = new ExecutorEntry(key);
        return executor;
    }

    public JobEntry? FindJob(TenantId tenantId, JobRef reference)
    {
        if (FindTenant(tenantId) is not { } tenant)
            return null;
        if (reference.Key is { } key)
            return _keys.GetValueOrDefault((tenant, key));
        return Jobs.TryGetValue(reference.Id, out var job) && job.Tenant == tenant ? job : null;
    }

    public bool TryGetByKey(TenantEntry tenant, string key, [NotNullWhen(true)] out JobEntry? job) => _keys.TryGetValue((tenant, key), out job);

    public void Add(JobEntry job)
    {
        Jobs.Add(job.Id, job);
        _keys.Add((job.Tenant, job.Definition.Key!), job);
        var list = job.Tenant.Jobs;
        var place = list.Count == 0 || list[^1].Id < job.Id ? list.Count : ~list.BinarySearch(job, JobIdComparer.Instance);
        list.Insert(place, job);
    }

    public void Remove(JobEntry job)
    {
        Jobs.Remove(job.Id);
        _keys.Remove((job.Tenant, job.Definition.Key!));
        job.Tenant.Jobs.RemoveAt(job.Tenant.Jobs.BinarySearch(job, JobIdComparer.Instance));
        job.IsDeleted = true;
        job.Turn.Due.Remove(job);
        job.Turn.Executor.Parked.Remove(job);
        job.Turn.Executor.Jobs--;
        Tombstones.Enqueue(job);
    }

    /// <summary>Puts a job where its definition says: in the turn of its executor, due when it is due.</summary>
    public void Place(JobEntry job, long now)
    {
        var turn = TurnOf(job.Tenant, job.Definition.Executor);
        if (job.Turn != turn)
            Move(job, turn, now);
        if (job.Fault?.Reason == JobFaultReason.NoExecutor)
            turn.Executor.Parked.Add(job);
        else
            turn.Executor.Parked.Remove(job);
        turn.Due.Set(job, job.DueAt);
        if (job.JobState == JobState.Completed)
            NoteCompleted(job, now);
        Rearm(turn, now);
    }

    /// <summary>Remembers when a job completed, once, and by its id: a deleted job must not be kept by it.</summary>
    public void NoteCompleted(JobEntry job, long now)
    {
        if (job.JobState != JobState.Completed || job.IsNotedCompleted)
            return;
        job.IsNotedCompleted = true;
        Completed.Enqueue(job.Id, now);
    }

    /// <summary>Sets when a turn comes: with its earliest work, never while the tenant's limit holds it. A turn that waits in line keeps its place.</summary>
    public void Rearm(TurnEntry turn, long now)
    {
        var earliest = turn.Earliest;
        if (earliest > now)
            turn.HeldSince = Ticks.None;
        if (Pauses.HoldingTenant(turn.Tenant.Id, turn.Executor.Key, Ticks.ToInstant(now)) is { } pause)
        {
            PutOff(turn, earliest, pause);
            return;
        }
        if (earliest <= now && turn.Tenant.HeldUntil(now) is var until && until > now)
        {
            Hold(turn, now, until);
            return;
        }
        if (turn.HeapPlace > 0 && turn.TurnAt <= now && earliest <= now)
            return;
        var isSooner = earliest < turn.TurnAt || turn.HeapPlace == 0;
        SetTurn(turn, earliest);
        if (isSooner && earliest != Ticks.None)
            Wakes.Add(StoreWake.Work);
    }

    /// <summary>Puts a turn that was just served behind the others that wait, or to sleep until its earliest work.</summary>
    public void Requeue(TurnEntry turn, long now)
    {
        if (turn.Earliest > now)
            turn.HeldSince = Ticks.None;
        SetTurn(turn, turn.Earliest == Ticks.None ? Ticks.None : Math.Max(turn.Earliest, now));
    }

    /// <summary>Parks a turn whose tenant is at a limit, until its rate allows another start or until something else rearms it, and remembers since when.</summary>
    public void Hold(TurnEntry turn, long now, long until)
    {
        if (turn.HeldSince == Ticks.None)
            turn.HeldSince = now;
        SetTurn(turn, until);
    }

    /// <summary>Puts a turn off until a pause of its tenant ends. That time is no lateness: the planner answers for it by itself.</summary>
    private void PutOff(TurnEntry turn, long earliest, ScopedPause pause)
    {
        turn.HeldSince = Ticks.None;
        SetTurn(turn, earliest == Ticks.None ? Ticks.None : Math.Max(earliest, Ticks.Of(pause.End)));
    }

    public void SetTurn(TurnEntry turn, long at)
    {
        turn.TurnAt = at;
        turn.Executor.Turns.Set(turn, at, ++_turnOrder);
    }

    /// <summary>A place of a limited tenant became free, or its limit was lifted: what was held may be served again.</summary>
    public void RearmTenant(TenantEntry tenant, long now)
    {
        foreach (var turn in tenant.Turns)
        {
            if (turn.HeapPlace == 0 || turn.HeldSince != Ticks.None)
                Rearm(turn, now);
        }
    }

    /// <summary>The runs of the claim that goes on; empty between claims.</summary>
    public List<ClaimedRun> Claimed { get; } = [];

    /// <summary>A number for a claim, of any process.</summary>
    public long NextClaim()
    {
        Claimed.Clear();
        return ++_claims;
    }

    /// <summary>A new execution of a job, with nothing said of it yet.</summary>
    public RunEntry NewRun(JobEntry job, Instant now)
    {
        var id = NextExecutionId(now);
        if (_spareRuns.TryPop(out var run))
            run.Reuse(id, job);
        else
            run = new RunEntry(id, job);
        run.CreatedAt = Ticks.Of(now);
        run.Executor = job.Definition.Executor;
        return run;
    }

    /// <summary>Keeps an entry that is out of all lists for another execution: at the rate of a burst, entries made anew each time would be most of what the collector has to do.</summary>
    public void Spare(RunEntry run)
    {
        if (_spareRuns.Count < MostSpareRuns)
            _spareRuns.Push(run);
    }

    /// <summary>A new execution id, higher than every one before.</summary>
    public ExecutionId NextExecutionId(Instant now)
    {
        _lastIdUnits = Math.Max(UuidV7.UnitsOf(now), _lastIdUnits + 1);
        return new ExecutionId(UuidV7.Create(_lastIdUnits));
    }

    /// <summary>A pending execution that never started and no longer may: its slots are missed.</summary>
    public void EndMissed(RunEntry run, long now, ref List<RecordedGap>? gaps)
    {
        MemoryRuns.End(this, run, ExecutionStatus.Missed, ExecutionReason.WindowClosed, now);
        (gaps ??= []).Add(new RecordedGap(run.Job.Tenant.Id, run.Job.Id, run.Job.Definition.Executor, new SlotGap(run.Status, run.Reason, run.Slots.ToRange()!.Value)));
    }

    /// <summary>When the first lease of another process that runs something ends; none when none does.</summary>
    public long EarliestForeignLeaseEnd(ProcessEntry own, long now)
    {
        var earliest = Ticks.None;
        foreach (var process in Processes.Values)
        {
            if (process != own && process.Running > 0 && process.LeaseUntil > now)
                earliest = Math.Min(earliest, process.LeaseUntil);
        }
        return earliest;
    }

    /// <summary>Writes the row of slots that are not run, or extends the job's newest row by them.</summary>
    public void WriteGap(JobEntry job, SlotGap gap, Instant now)
    {
        var ticks = Ticks.Of(now);
        if (!History.TryExtend(job, gap, ticks))
            AppendGap(job, gap, now, ticks);
        job.LastSlot = Ticks.Of(gap.Slots.Last);
    }

    private void AppendGap(JobEntry job, SlotGap gap, Instant now, long ticks)
    {
        ref var row = ref History.Append(job, NextExecutionId(now), ticks, this);
        row.Executor = job.Definition.Executor;
        row.Status = gap.Status;
        row.Reason = gap.Reason;
        row.Slots = SlotTicks.Of(gap.Slots);
        row.DueAt = Ticks.Of(gap.Slots.First);
        row.CreatedAt = row.EndedAt = ticks;
        row.StartedAt = row.CancelRequestedAt = Ticks.None;
        row.JobVersion = job.Version;
    }

    private TurnEntry TurnOf(TenantEntry tenant, string executor)
    {
        foreach (var turn in tenant.Turns)
        {
            if (string.Equals(turn.Executor.Key, executor, StringComparison.Ordinal))
                return turn;
        }
        var made = new TurnEntry(tenant, ExecutorOf(executor));
        tenant.Turns.Add(made);
        return made;
    }

    /// <summary>A job as people see it, wide pauses included.</summary>
    public Job Show(JobEntry job, Instant now) => Pauses.Show(job.ToJob(), now);

    private void Move(JobEntry job, TurnEntry turn, long now)
    {
        if (job.Turn is { } old)
        {
            old.Due.Remove(job);
            old.Executor.Jobs--;
            old.Executor.Parked.Remove(job);
            for (var run = job.NewestOpen; run is not null; run = run.NextOfJob)
            {
                if (run.HeapPlace == 0)
                    continue;
                old.Pending.Remove(run);
                turn.Pending.Set(run, run.ReadyAt);
            }
            Rearm(old, now);
        }
        job.Turn = turn;
        turn.Executor.Jobs++;
    }
}
