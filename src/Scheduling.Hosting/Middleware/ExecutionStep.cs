namespace Scheduling.Hosting;

/// <summary>The rest of an attempt, as a middleware sees it: later middleware and the work.</summary>
/// <param name="ct">Fires when the rest should end; the run's own token counts besides.</param>
/// <returns>The result.</returns>
public delegate ValueTask<JobResult> ExecutionStep(CancellationToken ct);
