using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>The invariants of the claim protocol as far as the public interfaces show them: what must hold for every store after every scenario.</summary>
public sealed class StoreInvariants
{
    private readonly DuePlanner _planner = new();
    private readonly HashSet<JobId> _rescheduled = [];

    /// <summary>Rows were removed (retention), so a job's history may begin late.</summary>
    public bool HistoryWasPurged { get; set; }

    /// <summary>Jobs were deleted while they ran, so counters may exceed what can be seen.</summary>
    public bool RunningJobsWereDeleted { get; set; }

    /// <summary>The clock went back, so a later start may show an earlier time.</summary>
    public bool ClockWentBack { get; set; }

    /// <summary>A job got another schedule (or its zone was lost), so its slots cannot be counted by the one it has now.</summary>
    public void Reschedules(Job job) => _rescheduled.Add(job.Id);

    public async Task CheckAsync(ISchedulingStore store, IEnumerable<TenantId> tenants)
    {
        var open = 0;
        foreach (var tenant in tenants)
            open += await CheckTenantAsync(store, tenant);
        var status = await store.Claims.InspectAsync(default);
        Holds(status.OpenExecutions >= open, $"{open} executions are open, and the store counts {status.OpenExecutions}.");
        Holds(RunningJobsWereDeleted || status.OpenExecutions == open, $"{open} executions are open, and the store counts {status.OpenExecutions}.");
    }

    private async Task<int> CheckTenantAsync(ISchedulingStore store, TenantId tenant)
    {
        var jobs = await JobsAsync(store, tenant);
        var rows = (await RowsAsync(store, tenant)).ToLookup(static row => row.JobId);
        var running = 0;
        foreach (var job in jobs)
        {
            CheckJob(job, [.. rows[job.Id]]);
            running += rows[job.Id].Count(static row => row.Status == ExecutionStatus.Running);
        }
        Assert.Subset(jobs.Select(static job => job.Id).ToHashSet(), rows.Select(static group => group.Key).ToHashSet());
        var state = await store.Jobs.GetTenantAsync(tenant, default);
        Holds(RunningJobsWereDeleted ? state.Running >= running : state.Running == running, $"{running} of '{tenant}' run, and the store counts {state.Running}.");
        return rows.SelectMany(static group => group).Count(static row => !row.Status.IsTerminal());
    }

    private static async Task<List<Job>> JobsAsync(ISchedulingStore store, TenantId tenant)
    {
        var jobs = new List<Job>();
        for (IReadOnlyList<Job> page = []; page.Count > 0 || jobs.Count == 0;)
        {
            page = await store.Jobs.ListAsync(new ListJobsRequest { Tenant = tenant, After = jobs.Count == 0 ? null : JobPosition.Of(jobs[^1], JobOrder.Created), Size = 1_000 }, default);
            jobs.AddRange(page);
            if (page.Count == 0)
                break;
        }
        return jobs;
    }

    private static async Task<List<Execution>> RowsAsync(ISchedulingStore store, TenantId tenant)
    {
        var rows = new List<Execution>();
        while (true)
        {
            var page = await store.Executions.ListAsync(new ListExecutionsRequest { Tenant = tenant, Before = rows.Count == 0 ? null : rows[^1].Id, Size = 1_000 }, default);
            if (page is not { Count: > 0 })
                return rows;
            rows.AddRange(page);
        }
    }

    private void CheckJob(Job job, List<Execution> rows)
    {
        Assert.Equal(rows.Count(static row => !row.Status.IsTerminal()), job.OpenExecutions);
        Assert.All(rows, CheckRow);
        CheckTokens(rows);
        CheckPlan(job);
        if (job.Schedule is not (ManualSchedule or PollingSchedule { Interval: PollingInterval.Disabled }) || rows.Any(static row => row.Slots is not null))
            CheckSlots(job, rows);
    }

    // The text is made only when it is needed: rows are many and long.
    private static void Holds(bool condition, FormattableString otherwise)
    {
        if (!condition)
            Assert.Fail(FormattableString.Invariant(otherwise));
    }

    private void CheckRow(Execution row)
    {
        Assert.Equal(row.Status.IsTerminal(), row.EndedAt is not null);
        Assert.Equal(row.Trigger == ExecutionTrigger.Manual, row.Slots is null);
        Holds(row.Token > 0 || row.Attempt == 0, $"Attempt {row.Attempt} has no token: {row}");
        Holds(ClockWentBack || row.StartedAt is null || row.StartedAt >= row.DueAt, $"Started early: {row}");
        Holds(ClockWentBack || row.EndedAt is null || row.EndedAt >= row.CreatedAt, $"Ended before it was made: {row}");
        if (row.Status == ExecutionStatus.Running)
            Holds(row is { StartedAt: not null, Owner: not null, Attempt: > 0 }, $"Runs nowhere: {row}");
        if (row.Status is ExecutionStatus.Skipped or ExecutionStatus.Missed)
            Holds(row.Attempt == 0, $"Ran: {row}");
    }

    /// <summary>Tokens of a job strictly rise with its starts.</summary>
    private void CheckTokens(List<Execution> rows)
    {
        var tokens = rows.Where(static row => row.Token > 0).Select(static row => row.Token).ToList();
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        if (ClockWentBack)
            return;
        var started = rows.Where(static row => row is { Token: > 0, Attempt: > 0, StartedAt: not null }).OrderBy(static row => row.Token).ToList();
        Assert.All(started.Zip(started.Skip(1)), static pair => Holds(pair.First.StartedAt <= pair.Second.StartedAt, $"Tokens fall: {pair.First} {pair.Second}"));
    }

    /// <summary>A next run is planned exactly as long as the job is active and its schedule has slots; it never lies at or before the last slot.</summary>
    private static void CheckPlan(Job job)
    {
        Assert.Equal(job.State == JobState.Paused, job.Pause is not null || (job is { ScopedPause: not null, Fault: null } && job.State != JobState.Completed));
        Assert.Equal(job.State is JobState.Faulted or JobState.Parked, job.Fault is not null && job.Pause is null);
        if (job.State != JobState.Active)
            Assert.Null(job.NextRunAt);
        if (job.NextRunAt is not null)
            Holds(job.NextSlot <= job.NextRunAt && (job.LastSlot is null || job.NextSlot > job.LastSlot), $"Slots do not rise: {job}");
    }

    /// <summary>No two rows cover one slot, and every slot from the first to the last is covered.</summary>
    private void CheckSlots(Job job, List<Execution> rows)
    {
        var ranges = rows.Where(static row => row.Slots is not null).Select(static row => row.Slots!.Value).OrderBy(static range => range.First).ToList();
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Holds(pair.First.Last < pair.Second.First, $"Slots are covered twice in '{job.Key}': {pair.First} {pair.Second}"));
        if (_rescheduled.Contains(job.Id) || job.Schedule is CronSchedule)
            return;
        var context = _planner.ContextOf(job.Tenant, job.Definition, job.Anchor);
        Assert.All(ranges, range => Assert.Equal(Math.Min(range.Count, SlotRange.CountLimit), job.Schedule.CountSlots(range.First, range.Last, context, SlotRange.CountLimit)));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(job.Schedule.NextAfter(pair.First.Last, context), pair.Second.First));
        if (ranges.Count > 0)
            Assert.Equal(job.LastSlot, ranges[^1].Last);
        if (ranges.Count > 0 && !HistoryWasPurged)
            Assert.Equal(job.Schedule.FirstDue(job.CreatedAt, job.Schedule.InitialLastSlot(job.CreatedAt), context), ranges[0].First);
        if (ranges.Count > 0 && job.NextSlot is { } next)
            Assert.Equal(job.Schedule.NextAfter(ranges[^1].Last, context), next);
    }
}
