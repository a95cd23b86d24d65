namespace Scheduling.Hosting;

/// <summary>A step around the work of every attempt, as ASP.NET Core has them around requests: it may prepare the run's services, add to logs and traces, keep the work from running, or look at its result.</summary>
/// <remarks>
/// Added with <see cref="SchedulingBuilder.AddMiddleware{T}"/>; the first one added is the outermost. An instance comes from the attempt's own scope, the one that the executor's services come from, so that what it sets on a scoped
/// service is there for the work. The run's log scope and span are around it. What it throws is the attempt's failure.
/// <para>It cannot hide that a run was cancelled: when the run's token has fired and the work has thrown, that stands, whatever the middleware returns; and the work's token fires with the run's, whatever token the middleware hands on.</para>
/// </remarks>
public interface IExecutionMiddleware
{
    /// <summary>Does its part of one attempt.</summary>
    /// <param name="run">The job, the slot and the attempt.</param>
    /// <param name="next">The rest: later middleware and the work. Not calling it means that the work does not run, and the result is what is returned here. Calling it again runs the rest again in the same attempt and scope.</param>
    /// <param name="ct">Fires when the attempt should end. Hand it on, or one that is linked to it.</param>
    /// <returns>The result.</returns>
    ValueTask<JobResult> InvokeAsync(JobContext run, ExecutionStep next, CancellationToken ct);
}
