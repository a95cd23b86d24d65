using Scheduling;

namespace Quickstart.History;

/// <summary>Walks lists page by page: each page gives the cursor of the next one, and nothing is shown twice or left out while new rows arrive.</summary>
internal static class Paging
{
    public static async IAsyncEnumerable<Job> JobsAsync(ITenantJobs jobs)
    {
        string? cursor = null;
        do
        {
            var page = await jobs.ListAsync(cursor: cursor);
            foreach (var job in page.Items)
                yield return job;
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    public static async IAsyncEnumerable<Execution> ExecutionsAsync(ITenantJobs jobs, Job job)
    {
        var query = new ExecutionQuery { Job = job.Id, PageSize = ExecutionQuery.MaximumPageSize };
        do
        {
            var page = await jobs.Executions.ListAsync(query);
            foreach (var row in page.Items)
                yield return row;
            query = query with { Cursor = page.Cursor };
        }
        while (query.Cursor is not null);
    }
}
