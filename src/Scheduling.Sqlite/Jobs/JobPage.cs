using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>One page of a tenant's jobs. In the order of creation or keys the index is walked; in any other the first jobs of the order are picked among all. Filters mean what people see, so the last word on each job is theirs.</summary>
internal sealed class JobPage(ReadSession session, ListJobsRequest request, Instant now)
{
    private const int LargestPiece = 500;

    public IReadOnlyList<Job> Read() => request.Order is JobOrder.Created or JobOrder.Key ? Walk() : Pick();

    private List<Job> Walk()
    {
        var page = new List<Job>();
        foreach (var job in Jobs(request.Order, request.IsDescending, request.After))
        {
            if (page.Count == request.Size)
                break;
            if (JobFilterRules.Matches(request.Filter, job, now))
                page.Add(job);
        }
        return page;
    }

    private List<Job> Pick()
    {
        // The last of the picked comes out first.
        var order = Comparer<JobPosition>.Create((one, other) => JobPosition.Compare(other, one, request.IsDescending));
        var picked = new PriorityQueue<Job, JobPosition>(order);
        foreach (var job in Jobs(JobOrder.Created, isDescending: false, after: null))
        {
            var position = JobPosition.Of(job, request.Order);
            if (request.After is { } after && JobPosition.Compare(position, after, request.IsDescending) <= 0)
                continue;
            if (!JobFilterRules.Matches(request.Filter, job, now))
                continue;
            if (picked.Count < request.Size)
                picked.Enqueue(job, position);
            else
                picked.EnqueueDequeue(job, position);
        }
        var page = new List<Job>(picked.Count);
        while (picked.TryDequeue(out var job, out _))
            page.Add(job);
        page.Reverse();
        return page;
    }

    /// <summary>The tenant's jobs as people see them, read in pieces.</summary>
    private IEnumerable<Job> Jobs(JobOrder order, bool isDescending, JobPosition? after)
    {
        var query = (order == JobOrder.Key ? "jobs_by_key" : "jobs_by_created") + (isDescending ? "_descending" : "");
        var size = Math.Clamp(request.Size, 1, LargestPiece);
        while (true)
        {
            var piece = session.Jobs.List(query, request.Tenant, request.Filter, after, size);
            foreach (var (id, _) in piece)
            {
                if (session.Jobs.Load(id) is { } job)
                    yield return session.Pauses.Show(job.Slice.ToJob(), now);
            }
            if (piece.Count < size)
                yield break;
            after = new JobPosition { Id = piece[^1].Id, Text = piece[^1].Key };
        }
    }
}
