namespace Scheduling;

/// <summary>User code that does the work of jobs. Registered under a stable text key, which jobs name; the type's name is never stored.</summary>
/// <remarks>
/// The hosting package makes one instance, in a scope of its own, for each attempt. An attempt may be the second one of its execution (<see cref="JobContext.Attempt"/>): after a lost node or a retry work
/// starts again, so it should be safe to repeat, or use <see cref="JobContext.Token"/> to fence what it writes.
/// </remarks>
public interface IJobExecutor
{
    /// <summary>Does the work of one attempt.</summary>
    /// <param name="run">The job, the slot and the attempt.</param>
    /// <param name="ct">
    /// Fires when the attempt should end: its timeout is over, somebody asked for its end, its lease is lost or the node stops. <see cref="JobContext.CancelReason"/> says which. An attempt that does not end within the grace is settled without it.
    /// </param>
    /// <returns>The result. Throwing is as good as <see cref="JobResult.Failed"/>.</returns>
    ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct);
}
