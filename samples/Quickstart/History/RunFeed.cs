using Scheduling;

namespace Quickstart.History;

/// <summary>What has come into the history of one job since the last look.</summary>
/// <remarks>
/// Reads from the newest row down to where nothing can have changed: the first page of the last look, or a run that was open then. Older rows are neither read nor remembered, so a look costs
/// the same however long the history is.
/// </remarks>
internal sealed class RunFeed
{
    private const int PageSize = 20;
    private Dictionary<ExecutionId, RunTotals> _known = [];
    private ExecutionId _floor;

    /// <summary>The news, newest first.</summary>
    public async Task<List<RunNews>> ReadAsync(ITenantJobs jobs, Job job, CancellationToken ct)
    {
        var query = new ExecutionQuery { Job = job.Id, PageSize = PageSize };
        var rows = new List<Execution>();
        do
        {
            var page = await jobs.Executions.ListAsync(query, ct);
            rows.AddRange(page.Items);
            query = query with { Cursor = page.Cursor };
        }
        while (query.Cursor is not null && rows[^1].Id > _floor);
        var news = rows.Where(row => row.Id >= _floor).Select(row => Compare(job, row)).OfType<RunNews>().ToList();
        Remember(rows);
        return news;
    }

    private RunNews? Compare(Job job, Execution row) =>
        RunTotals.Of(row) - _known.GetValueOrDefault(row.Id) is { Runs: > 0 } change ? new RunNews(job, row, change) : null;

    private void Remember(List<Execution> rows)
    {
        if (rows.Count == 0)
            return;
        _floor = rows[Math.Min(PageSize, rows.Count) - 1].Id;
        foreach (var open in rows.Where(static row => !row.Status.IsTerminal()))
            _floor = open.Id < _floor ? open.Id : _floor;
        _known = rows.Where(row => row.Id >= _floor).ToDictionary(static row => row.Id, RunTotals.Of);
    }
}
