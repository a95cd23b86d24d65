namespace Scheduling.Hosting.Tests;

/// <summary>Work that asks a service of its scope for the tenant.</summary>
internal sealed class TenantExecutor(CurrentTenant tenant) : IJobExecutor
{
    public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct) => ValueTask.FromResult(JobResult.Success($"for {tenant.Value}"));
}
