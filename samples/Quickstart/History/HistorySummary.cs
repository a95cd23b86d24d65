using System.Globalization;
using NodaTime;
using Quickstart.Display;
using Scheduling;

namespace Quickstart.History;

/// <summary>What the history holds in the end: a table of all jobs, and one line for all of them.</summary>
internal sealed class HistorySummary(JobScheduler scheduler, TimeProvider time)
{
    /// <summary>Writes the table; its last line is <c>N runs: S succeeded, F failed, K skipped, M missed</c>.</summary>
    /// <param name="tenants">Whose jobs. The library has no list of tenants: a tenant is whoever has jobs.</param>
    /// <param name="output">Where to.</param>
    public async Task WriteAsync(IEnumerable<string> tenants, TextWriter output)
    {
        var table = new TextTable(["TENANT", "JOB", "SUCCEEDED", "FAILED", "SKIPPED", "MISSED", "LAST RUN"], rightAligned: [2, 3, 4, 5]);
        var all = default(RunTotals);
        var open = 0;
        foreach (var tenant in tenants)
        {
            var jobs = scheduler.ForTenant(tenant);
            await foreach (var job in Paging.JobsAsync(jobs))
            {
                var (totals, openRuns) = await CountAsync(jobs, job);
                table.Add([tenant, job.Name ?? job.Key, Text(totals.Succeeded), Text(totals.Failed), Text(totals.Skipped), Text(totals.Missed), LastRun(job)]);
                all += totals;
                open += openRuns;
            }
        }
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"History until {TimeText.DayAndMinute(Instant.FromDateTimeOffset(time.GetUtcNow()))} UTC"));
        await output.WriteLineAsync();
        await output.WriteLineAsync(table.ToString());
        if (open > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Handed back at the stop: {open}. In a store that outlives the process they would start again."));
        await output.WriteLineAsync(all.ToString());
    }

    private static async Task<(RunTotals Totals, int Open)> CountAsync(ITenantJobs jobs, Job job)
    {
        var totals = default(RunTotals);
        var open = 0;
        await foreach (var row in Paging.ExecutionsAsync(jobs, job))
        {
            totals += RunTotals.Of(row);
            open += row.Status.IsTerminal() ? 0 : 1;
        }
        return (totals, open);
    }

    private static string LastRun(Job job) => job.LastRun switch
    {
        null => job.Active ? "-" : "inactive",
        { EndedAt: { } ended } last => $"{RunText.Mark(last.Status)} {TimeText.DayAndMinute(ended)}",
        _ => "handed back",
    };

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
