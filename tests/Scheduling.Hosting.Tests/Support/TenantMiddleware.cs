namespace Scheduling.Hosting.Tests;

/// <summary>Tells the services of an attempt's scope which tenant it is for.</summary>
internal sealed class TenantMiddleware(CurrentTenant tenant) : IExecutionMiddleware
{
    public ValueTask<JobResult> InvokeAsync(JobContext run, ExecutionStep next, CancellationToken ct)
    {
        tenant.Value = run.Tenant;
        return next(ct);
    }
}
