using NodaTime;
using Quickstart.History;
using Quickstart.Time;
using Quickstart.Work;
using Scheduling;

namespace Quickstart.Display;

/// <summary>Reads the board through the same API that any program has: a tenant's jobs, and their history.</summary>
internal sealed class BoardReader(JobScheduler scheduler, TimeLapse clock, WorkProgress progress, RunPlan plan)
{
    private readonly Dictionary<JobId, RunFeed> _feeds = [];
    private readonly Dictionary<JobId, RunNews> _last = [];
    private RunTotals _totals;

    public async Task<Board> ReadAsync(CancellationToken ct)
    {
        var jobs = new List<BoardJob>();
        var news = new List<RunNews>();
        foreach (var tenant in plan.Tenants)
            await ReadTenantAsync(scheduler.ForTenant(tenant), jobs, news, ct);
        news.Sort(static (one, other) => one.At.CompareTo(other.At));
        foreach (var piece in news)
            _totals += piece.Change;
        return new Board
        {
            Now = Instant.FromDateTimeOffset(clock.GetUtcNow()),
            Beginning = plan.Beginning,
            Speed = clock.Speed,
            Jobs = jobs,
            News = news,
            Totals = _totals,
            Outlook = plan.Outlook(),
        };
    }

    private async Task ReadTenantAsync(ITenantJobs tenant, List<BoardJob> board, List<RunNews> news, CancellationToken ct)
    {
        var running = await tenant.Executions.ListAsync(new ExecutionQuery { Status = ExecutionStatus.Running }, ct);
        await foreach (var job in Paging.JobsAsync(tenant))
        {
            var feed = _feeds.TryGetValue(job.Id, out var known) ? known : _feeds[job.Id] = new RunFeed();
            var added = await feed.ReadAsync(tenant, job, ct);
            news.AddRange(added);
            if (added.Count > 0)
                _last[job.Id] = added.MaxBy(static piece => piece.At)!;
            var run = running.Items.FirstOrDefault(run => run.JobId == job.Id);
            board.Add(new BoardJob(job, run, run is null ? null : progress.Of(run.Id), _last.GetValueOrDefault(job.Id)));
        }
    }
}
