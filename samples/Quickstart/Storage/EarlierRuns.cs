using NodaTime;
using Quickstart.History;
using Scheduling;

namespace Quickstart.Storage;

/// <summary>What earlier starts of the program left in the store.</summary>
/// <param name="Totals">What has ended.</param>
/// <param name="CutOff">Runs that were begun and have not ended: their process was killed, or handed them back when it stopped.</param>
/// <param name="Last">The last thing that happened; null when nothing ever did.</param>
internal sealed record EarlierRuns(RunTotals Totals, int CutOff, Instant? Last)
{
    public static readonly EarlierRuns None = new(default, 0, null);

    public bool IsNone => Last is null;

    public static async Task<EarlierRuns> ReadAsync(JobScheduler scheduler, IEnumerable<string> tenants)
    {
        var found = None;
        foreach (var tenant in tenants)
        {
            var jobs = scheduler.ForTenant(tenant);
            await foreach (var job in Paging.JobsAsync(jobs))
            {
                found = found with { Last = Later(found.Last, job.UpdatedAt) };
                await foreach (var row in Paging.ExecutionsAsync(jobs, job))
                    found = found.With(row);
            }
        }
        return found;
    }

    private EarlierRuns With(Execution row) => new(
        Totals + RunTotals.Of(row),
        CutOff + (row.Attempt > 0 && !row.Status.IsTerminal() ? 1 : 0),
        Later(Last, row.EndedAt ?? row.StartedAt ?? row.CreatedAt));

    private static Instant Later(Instant? one, Instant other) => one is { } some && some > other ? some : other;
}
