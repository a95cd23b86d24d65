namespace Scheduling.Hosting;

/// <summary>A middleware that is a function; see <see cref="IExecutionMiddleware"/>.</summary>
/// <param name="services">The services of the attempt's scope.</param>
/// <param name="run">The job, the slot and the attempt.</param>
/// <param name="next">The rest: later middleware and the work.</param>
/// <param name="ct">Fires when the attempt should end.</param>
/// <returns>The result.</returns>
public delegate ValueTask<JobResult> ExecutionMiddleware(IServiceProvider services, JobContext run, ExecutionStep next, CancellationToken ct);
