using Scheduling.Storage;

namespace Scheduling;

/// <summary>Erases a tenant batch by batch, so that no transaction is long.</summary>
internal sealed class TenantEraser(IJobStore store)
{
    public async Task<TenantErasure> RunAsync(TenantId tenant, IProgress<TenantErasure>? progress, CancellationToken ct)
    {
        var request = new EraseTenantRequest { Tenant = tenant };
        var total = new TenantErasure();
        EraseTenantResponse batch;
        do
        {
            batch = await store.EraseAsync(request, ct).ConfigureAwait(false);
            total = Sum(total, batch);
            progress?.Report(total);
        }
        while (batch.HasMore);
        return total;
    }

    private static TenantErasure Sum(TenantErasure total, EraseTenantResponse batch) => new()
    {
        Jobs = total.Jobs + batch.Jobs,
        Executions = total.Executions + batch.Executions,
        Events = total.Events + batch.Events,
        Secrets = total.Secrets + batch.Secrets,
        Pauses = total.Pauses + batch.Pauses,
        StillRunning = batch.Running,
    };
}
