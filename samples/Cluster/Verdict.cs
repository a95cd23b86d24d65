using System.Globalization;
using NodaTime;
using Scheduling;
using Scheduling.Schedules;

namespace ClusterSample;

/// <summary>What became of every slot that was due, counted from the history, with arithmetic of its own for what was due.</summary>
internal sealed record Verdict
{
    public long Due { get; private set; }

    public long Done { get; private set; }

    public long Skipped { get; private set; }

    public long Missed { get; private set; }

    public long Doubled { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Runs that needed more than one start, because a worker died.</summary>
    public long Restarted { get; private set; }

    public bool IsGood => Due > 0 && Doubled == 0 && Lost == 0;

    public static async Task<Verdict> OfAsync(JobScheduler scheduler, IEnumerable<Job> jobs)
    {
        var verdict = new Verdict();
        foreach (var job in jobs)
            await verdict.CountAsync(scheduler.ForTenant(job.Tenant.Value), job);
        return verdict;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Due} slots due: {Done} done, {Skipped} skipped, {Missed} missed, {Doubled} doubled, {Lost} lost");

    private async Task CountAsync(ITenantJobs tenant, Job job)
    {
        var every = ((IntervalSchedule)job.Schedule).Every;
        var covered = new Dictionary<Instant, int>();
        await foreach (var row in RowsAsync(tenant, job))
        {
            Restarted += row.Attempt > 1 ? 1 : 0;
            if (row.Slots is not { } slots)
                continue;
            for (var slot = slots.First; slot <= slots.Last; slot += every)
                covered[slot] = covered.GetValueOrDefault(slot) + 1;
            Done += row.Status == ExecutionStatus.Succeeded ? slots.Count : 0;
            Skipped += row.Status == ExecutionStatus.Skipped ? slots.Count : 0;
            Missed += row.Status == ExecutionStatus.Missed ? slots.Count : 0;
        }
        Doubled += covered.Values.Count(static times => times > 1);
        var last = (await tenant.GetAsync(job.Id))!.LastSlot;
        for (var slot = job.NextSlot!.Value; slot <= last; slot += every)
        {
            Due++;
            Lost += covered.ContainsKey(slot) ? 0 : 1;
        }
    }

    private static async IAsyncEnumerable<Execution> RowsAsync(ITenantJobs tenant, Job job)
    {
        string? cursor = null;
        do
        {
            var page = await tenant.Executions.ListAsync(new ExecutionQuery { Job = job.Id, Cursor = cursor, PageSize = ExecutionQuery.MaximumPageSize });
            foreach (var row in page.Items)
                yield return row;
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }
}
