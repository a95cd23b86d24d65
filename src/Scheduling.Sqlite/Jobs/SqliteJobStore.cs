using NodaTime;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>Jobs and tenants in a SQLite file. Decisions run on the writer's thread, so they must be quick and never call the store.</summary>
internal sealed class SqliteJobStore(StoreAccess store) : IJobStore
{
    public ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => WriteJobOperation.Run(session, request, now), cancellationToken);

    public ValueTask<Job?> GetAsync(TenantId tenant, JobRef job, CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Jobs.Find(tenant, job) is { } found ? session.Pauses.Show(found.Slice.ToJob(), session.Now()) : null, cancellationToken);

    public ValueTask<IReadOnlyList<Job>> ListAsync(ListJobsRequest request, CancellationToken cancellationToken) =>
        store.ReadAsync(session => new JobPage(session, request, session.Now()).Read(), cancellationToken);

    public ValueTask<IReadOnlyList<JobCount>> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        store.ReadAsync(session => JobCounting.Count(session, tenant), cancellationToken);

    public ValueTask<bool> DeleteAsync(DeleteJobRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => Delete(session, request, now), cancellationToken);

    public ValueTask<EraseTenantResponse> EraseAsync(EraseTenantRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => new EraseOperation(session, request, now).Run(), cancellationToken);

    public async ValueTask SetLimitsAsync(TenantId tenant, TenantLimits limits, CancellationToken cancellationToken) =>
        await store.WriteAsync((session, _) => SetLimits(session, tenant, limits), cancellationToken).ConfigureAwait(false);

    public ValueTask<TenantState> GetTenantAsync(TenantId tenant, CancellationToken cancellationToken) =>
        store.ReadAsync(session => StateOf(session, tenant), cancellationToken);

    private static bool Delete(WriteSession session, DeleteJobRequest request, Instant now)
    {
        if (session.Jobs.Find(request.Tenant, request.Job) is not { } job)
            return false;
        job.Slice.Delete(request.Overdue(job.Slice.ToJob(), now), now);
        session.Connection.Query("jobs_delete").Bind(job.Due.Id.Value).Run();
        session.Save(job, now);
        return true;
    }

    private static bool SetLimits(WriteSession session, TenantId tenant, TenantLimits limits)
    {
        session.Tenants.SetLimits(tenant, limits);
        session.Turns.TouchHeld(tenant);
        return true;
    }

    private static TenantState StateOf(ReadSession session, TenantId tenant)
    {
        var limits = session.Tenants.Find(tenant);
        var held = session.Connection.Query("turns_held_since").Bind(tenant.Value);
        var heldSince = held.Read() ? held.NextInstantOrNull() : null;
        held.Reset();
        return new TenantState
        {
            Limits = limits?.Limits ?? TenantLimits.None,
            Running = limits?.Running ?? session.Tenants.CountRunning(tenant),
            HeldSince = heldSince,
        };
    }
}
