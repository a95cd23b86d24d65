namespace Scheduling.Storage;

/// <summary>One batch of the erasure of a tenant. Needs the store's lock.</summary>
internal sealed class MemoryErasure(MemoryState state, EraseTenantRequest request)
{
    private readonly long _now = Ticks.Of(state.Now());
    private long _jobs;
    private long _executions;
    private long _events;

    public EraseTenantResponse Run()
    {
        var tenant = state.FindTenant(request.Tenant);
        if (tenant is not null)
        {
            EraseJobs(tenant);
            _executions += state.History.Clear(tenant, request.BatchSize, state, ref _events);
            tenant.SetLimits(Policies.TenantLimits.None);
        }
        var secrets = EraseSecrets();
        return new EraseTenantResponse
        {
            Jobs = _jobs,
            Executions = _executions,
            Events = _events,
            Secrets = secrets,
            Pauses = state.Pauses.Drop(request.Tenant),
            Running = tenant?.Running ?? 0,
            HasMore = _jobs == request.BatchSize || _executions >= request.BatchSize || secrets == request.BatchSize,
        };
    }

    private void EraseJobs(TenantEntry tenant)
    {
        for (; _jobs < request.BatchSize && tenant.Jobs.Count > 0; _jobs++)
        {
            var job = tenant.Jobs[^1];
            state.Remove(job);
            EndOpen(job);
            state.Rearm(job.Turn, _now);
        }
    }

    private void EndOpen(JobEntry job)
    {
        for (var run = job.NewestOpen; run is not null;)
        {
            var next = run.NextOfJob;
            if (run.IdempotencyKey is { } key)
                state.Requests.Remove((job.Id, key));
            _events += run.Notes?.Events.Count ?? 0;
            run.Notes = null;
            if (run.Status == ExecutionStatus.Pending)
            {
                MemoryRuns.End(state, run, ExecutionStatus.Cancelled, ExecutionReason.Deleted, _now);
                _executions++;
            }
            else if (!run.IsCancelRequested)
            {
                run.CancelRequestedAt = _now;
                state.Wakes.Add(StoreWake.Cancel);
            }
            run = next;
        }
    }

    private int EraseSecrets()
    {
        var names = state.Secrets.Keys.Where(key => string.Equals(key.Tenant, request.Tenant.Value, StringComparison.Ordinal)).Take(request.BatchSize).ToArray();
        foreach (var name in names)
            state.Secrets.Remove(name);
        return names.Length;
    }
}
