using System.Globalization;
using NodaTime;
using Quickstart.Display;
using Scheduling;

namespace Quickstart.History;

/// <summary>What the history holds in the end: a table of all jobs, and one line for all of them.</summary>
internal sealed class HistorySummary(JobScheduler scheduler, TimeProvider time, bool survives)
{
    /// <summary>Writes the table; its last line is <c>N runs: S succeeded, F failed, K skipped, M missed</c>.</summary>
    /// <param name="tenants">Whose jobs. The library has no list of tenants: a tenant is whoever has jobs.</param>
    /// <param name="output">Where to.</param>
    /// <returns>Whether each slot has exactly one row.</returns>
    public async Task<bool> WriteAsync(IEnumerable<string> tenants, TextWriter output)
    {
        var table = new TextTable(["TENANT", "JOB", "SUCCEEDED", "FAILED", "SKIPPED", "MISSED", "LAST RUN"], rightAligned: [2, 3, 4, 5]);
        var (all, slots) = (default(RunTotals), default(SlotLedger));
        var (open, again) = (0, 0);
        foreach (var tenant in tenants)
        {
            var jobs = scheduler.ForTenant(tenant);
            await foreach (var job in Paging.JobsAsync(jobs))
            {
                var rows = await RowsAsync(jobs, job);
                var totals = rows.Aggregate(default(RunTotals), static (sum, row) => sum + RunTotals.Of(row));
                table.Add([tenant, job.Name ?? job.Key, Text(totals.Succeeded), Text(totals.Failed), Text(totals.Skipped), Text(totals.Missed), LastRun(job)]);
                all += totals;
                slots += SlotLedger.Of(job, rows);
                open += rows.Count(static row => !row.Status.IsTerminal());
                again += rows.Count(static row => row.Attempt > 1);
            }
        }
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"History until {TimeText.DayAndMinute(Instant.FromDateTimeOffset(time.GetUtcNow()))} UTC"));
        await output.WriteLineAsync();
        await output.WriteLineAsync(table.ToString());
        if (open > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Handed back at the stop: {open}. {(survives ? "The next start runs them again." : "In a store that outlives the process they would start again.")}"));
        if (again > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Begun more than once, as their process was killed or stopped: {again}. Each has one row all the same."));
        await output.WriteLineAsync(slots.ToString());
        await output.WriteLineAsync(all.ToString());
        return slots is { Lost: 0, Doubled: 0 };
    }

    private static async Task<List<Execution>> RowsAsync(ITenantJobs jobs, Job job)
    {
        var rows = new List<Execution>();
        await foreach (var row in Paging.ExecutionsAsync(jobs, job))
            rows.Add(row);
        return rows;
    }

    private static string LastRun(Job job) => job.LastRun switch
    {
        null => job.Active ? "-" : "inactive",
        { EndedAt: { } ended } last => $"{RunText.Mark(last.Status)} {TimeText.DayAndMinute(ended)}",
        _ => "handed back",
    };

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
