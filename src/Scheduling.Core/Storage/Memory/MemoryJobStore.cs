using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Storage;

/// <summary>Jobs and tenants of an in-memory store. Decisions run under the lock, so they must be quick and never call the store.</summary>
internal sealed class MemoryJobStore(MemoryState state) : IJobStore
{
    public ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WriteJobResponse response;
        StoreWake wake;
        lock (state.Gate)
        {
            response = Write(request, state.Now());
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(response);
    }

    public ValueTask<Job?> GetAsync(TenantId tenant, JobRef job, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(state.FindJob(tenant, job) is { } entry ? state.Show(entry, state.Now()) : null);
    }

    public ValueTask<IReadOnlyList<Job>> ListAsync(ListJobsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(List(request));
    }

    public ValueTask<IReadOnlyList<JobCount>> CountAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(state.FindTenant(tenant) is { } entry ? Count(entry) : []);
    }

    public ValueTask<bool> DeleteAsync(DeleteJobRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool deleted;
        StoreWake wake;
        lock (state.Gate)
        {
            deleted = Delete(request, state.Now());
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(deleted);
    }

    public ValueTask<EraseTenantResponse> EraseAsync(EraseTenantRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EraseTenantResponse response;
        StoreWake wake;
        lock (state.Gate)
        {
            response = new MemoryErasure(state, request).Run();
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(response);
    }

    public ValueTask SetLimitsAsync(TenantId tenant, TenantLimits limits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreWake wake;
        lock (state.Gate)
        {
            var entry = state.TenantOf(tenant);
            entry.SetLimits(limits);
            state.RearmTenant(entry, Ticks.Of(state.Now()));
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.CompletedTask;
    }

    public ValueTask<TenantState> GetTenantAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
        {
            return ValueTask.FromResult(state.FindTenant(tenant) is { } entry
                ? new TenantState
                {
                    Limits = entry.Limits,
                    Running = entry.Running,
                    HeldSince = Ticks.ToInstantOrNull(entry.Turns.Select(static t => t.HeldSince).DefaultIfEmpty(Ticks.None).Min()),
                }
                : new TenantState());
        }
    }

    private WriteJobResponse Write(WriteJobRequest request, Instant now)
    {
        if (state.FindJob(request.Tenant, request.Job) is { } existing)
            return request.Edit is null ? Answer(WriteJobOutcome.Exists, existing, now) : Edit(existing, request, now);
        return request.Create is null ? new WriteJobResponse { Outcome = WriteJobOutcome.NotFound } : Create(request, now);
    }

    private WriteJobResponse Create(WriteJobRequest request, Instant now)
    {
        var job = request.Create!(now);
        var tenant = state.TenantOf(request.Tenant);
        if (state.TryGetByKey(tenant, job.Key, out var other))
            return Answer(WriteJobOutcome.Exists, other, now);
        if (tenant.Jobs.Count >= request.MaximumJobs)
            return new WriteJobResponse { Outcome = WriteJobOutcome.TooMany, JobCount = tenant.Jobs.Count };
        var entry = new JobEntry(job.Id, tenant);
        entry.Take(job);
        state.Add(entry);
        state.Place(entry, Ticks.Of(now));
        return new WriteJobResponse { Outcome = WriteJobOutcome.Created, Job = state.Pauses.Show(job, now) };
    }

    private WriteJobResponse Edit(JobEntry entry, WriteJobRequest request, Instant now)
    {
        if (request.ExpectedVersion is { } expected && expected != entry.Version)
            return Answer(WriteJobOutcome.VersionConflict, entry, now);
        var edit = request.Edit!(entry.ToJob(), now);
        if (!edit.IsChange)
            return new WriteJobResponse { Outcome = WriteJobOutcome.Unchanged, Job = state.Pauses.Show(edit.Job, now) };
        if (edit.Gap is { } gap)
            state.WriteGap(entry, gap, now);
        entry.Take(edit.Job);
        state.Place(entry, Ticks.Of(now));
        return Answer(WriteJobOutcome.Changed, entry, now);
    }

    private IReadOnlyList<Job> List(ListJobsRequest request) =>
        state.FindTenant(request.Tenant) is { } tenant ? new MemoryJobPage(state, request, tenant, state.Now()).Read() : [];

    private IReadOnlyList<JobCount> Count(TenantEntry tenant)
    {
        var now = state.Now();
        return [.. tenant.Jobs
            .Select(entry => state.Show(entry, now))
            .CountBy(static job => (job.Executor, job.State, job.LastRun?.Status))
            .Select(static pair => new JobCount { Executor = pair.Key.Executor, State = pair.Key.State, LastStatus = pair.Key.Status, Count = pair.Value })
            .OrderBy(static count => count.Executor, CodePointOrder.Instance)
            .ThenBy(static count => count.State)
            .ThenBy(static count => count.LastStatus)];
    }

    private bool Delete(DeleteJobRequest request, Instant now)
    {
        if (state.FindJob(request.Tenant, request.Job) is not { } entry)
            return false;
        if (request.Overdue(entry.ToJob(), now) is { } gap)
            state.WriteGap(entry, gap, now);
        state.Remove(entry);
        CancelPending(entry, Ticks.Of(now));
        state.Rearm(entry.Turn, Ticks.Of(now));
        return true;
    }

    private void CancelPending(JobEntry entry, long now)
    {
        for (var run = entry.NewestOpen; run is not null;)
        {
            var next = run.NextOfJob;
            if (run.IdempotencyKey is { } key)
                state.Requests.Remove((entry.Id, key));
            if (run.Status == ExecutionStatus.Pending)
                MemoryRuns.End(state, run, ExecutionStatus.Cancelled, ExecutionReason.Deleted, now);
            run = next;
        }
    }

    private WriteJobResponse Answer(WriteJobOutcome outcome, JobEntry entry, Instant now) => new() { Outcome = outcome, Job = state.Show(entry, now) };
}
