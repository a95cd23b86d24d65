using NodaTime;

namespace Scheduling.Storage;

/// <summary>One page of a tenant's jobs. In the order of creation the list is walked; in any other the first jobs of it are picked. Needs the store's lock.</summary>
internal sealed class MemoryJobPage(MemoryState state, ListJobsRequest request, TenantEntry tenant, Instant now)
{
    public List<Job> Read() => request.Order == JobOrder.Created ? Walk() : Pick();

    private List<Job> Walk()
    {
        var jobs = tenant.Jobs;
        var page = new List<Job>(Math.Min(request.Size, jobs.Count));
        var step = request.IsDescending ? -1 : 1;
        for (var i = Begin(); i >= 0 && i < jobs.Count && page.Count < request.Size; i += step)
        {
            var job = state.Show(jobs[i], now);
            if (JobFilterRules.Matches(request.Filter, job, now))
                page.Add(job);
        }
        return page;
    }

    private int Begin()
    {
        if (request.After is not { } after)
            return request.IsDescending ? tenant.Jobs.Count - 1 : 0;
        var place = PlaceOf(after.Id, out var isThere);
        return request.IsDescending ? place - 1 : isThere ? place + 1 : place;
    }

    private int PlaceOf(JobId id, out bool isThere)
    {
        var (low, high) = (0, tenant.Jobs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tenant.Jobs[middle].Id < id)
                low = middle + 1;
            else
                high = middle;
        }
        isThere = low < tenant.Jobs.Count && tenant.Jobs[low].Id == id;
        return low;
    }

    private List<Job> Pick()
    {
        // The last of the picked comes out first.
        var order = Comparer<JobPosition>.Create((one, other) => JobPosition.Compare(other, one, request.IsDescending));
        var picked = new PriorityQueue<Job, JobPosition>(order);
        foreach (var entry in tenant.Jobs)
        {
            var job = state.Show(entry, now);
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
}
