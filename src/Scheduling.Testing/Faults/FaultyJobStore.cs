using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>Jobs behind a line that may be cut.</summary>
internal sealed class FaultyJobStore(IJobStore inner, FaultyCalls calls) : IJobStore
{
    public async ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken cancellationToken)
    {
        var response = await calls.DoAsync(StoreCall.Write, (inner, request), static (s, ct) => s.inner.WriteAsync(s.request, ct), cancellationToken).ConfigureAwait(false);
        calls.Written(response.Job);
        return response;
    }

    public ValueTask<Job?> GetAsync(TenantId tenant, JobRef job, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, tenant, job), static (s, ct) => s.inner.GetAsync(s.tenant, s.job, ct), cancellationToken);

    public ValueTask<IReadOnlyList<Job>> ListAsync(ListJobsRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, request), static (s, ct) => s.inner.ListAsync(s.request, ct), cancellationToken);

    public ValueTask<IReadOnlyList<JobCount>> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, tenant), static (s, ct) => s.inner.CountAsync(s.tenant, ct), cancellationToken);

    public ValueTask<bool> DeleteAsync(DeleteJobRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Write, (inner, request), static (s, ct) => s.inner.DeleteAsync(s.request, ct), cancellationToken);

    public ValueTask<EraseTenantResponse> EraseAsync(EraseTenantRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Write, (inner, request), static (s, ct) => s.inner.EraseAsync(s.request, ct), cancellationToken);

    public async ValueTask SetLimitsAsync(TenantId tenant, TenantLimits limits, CancellationToken cancellationToken) =>
        await calls.DoAsync(
            StoreCall.Write,
            (inner, tenant, limits),
            static async (s, ct) =>
            {
                await s.inner.SetLimitsAsync(s.tenant, s.limits, ct).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public ValueTask<TenantState> GetTenantAsync(TenantId tenant, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, tenant), static (s, ct) => s.inner.GetTenantAsync(s.tenant, ct), cancellationToken);
}
