namespace Scheduling.Hosting.Tests;

/// <summary>An executor that does nothing.</summary>
internal sealed class NoExecutor : IJobExecutor
{
    public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct) => ValueTask.FromResult(JobResult.Success());
}
