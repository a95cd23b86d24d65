namespace Scheduling.Hosting;

/// <summary>The work of an executor with the program's middleware around it.</summary>
internal sealed class ExecutionPipeline(ExecutionMiddleware[] steps, Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> work)
{
    public ValueTask<JobResult> ExecuteAsync(IServiceProvider services, JobContext run, CancellationToken ct) =>
        new ExecutionPassage(steps, work, services, run, ct).RunAsync();
}
