namespace Scheduling.Running;

/// <summary>Does the work of one attempt; see <see cref="IJobExecutor.ExecuteAsync"/>.</summary>
/// <param name="run">The job, the slot and the attempt.</param>
/// <param name="ct">Fires when the attempt should end.</param>
/// <returns>The result.</returns>
public delegate ValueTask<JobResult> ExecutorCallback(JobContext run, CancellationToken ct);
