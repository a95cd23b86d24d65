using System.Diagnostics;
using System.Globalization;
using NodaTime.Text;

namespace Scheduling.Hosting;

/// <summary>The span of one attempt: its tags and its status.</summary>
internal static class RunSpan
{
    // The executor names the kind of work and has few values; the job is a tag.
    public static Activity? Start(ActivitySource source, JobContext run)
    {
        if (!source.HasListeners() || source.CreateActivity($"run {run.Executor}", ActivityKind.Internal, parentContext: default, links: LinksOf(run)) is not { } span)
            return null;
        span.SetTag("scheduling.tenant", run.Tenant.Value);
        span.SetTag("scheduling.job.id", run.JobId.ToString());
        span.SetTag("scheduling.job.key", run.JobKey);
        span.SetTag("scheduling.executor", run.Executor);
        span.SetTag("scheduling.execution.id", run.ExecutionId.ToString());
        span.SetTag("scheduling.attempt", run.Attempt);
        span.SetTag("scheduling.trigger", Enum.GetName(run.Trigger));
        if (run.ScheduledFor is { } slot)
            span.SetTag("scheduling.scheduled_for", InstantPattern.ExtendedIso.Format(slot));
        if (run.MissedCount > 0)
            span.SetTag("scheduling.missed", run.MissedCount.ToString(CultureInfo.InvariantCulture));
        return span.Start();
    }

    // A link and not a parent: the request has ended long ago when a run that waited for its turn starts, and each retry is a root of its own.
    private static IEnumerable<ActivityLink>? LinksOf(JobContext run) =>
        ActivityContext.TryParse(run.TraceParent, traceState: null, isRemote: true, out var asking) ? [new ActivityLink(asking)] : null;

    public static void Ended(Activity? span, JobContext run, in JobResult result)
    {
        if (span is null)
            return;
        span.SetTag("scheduling.status", Enum.GetName(result.Status));
        if (result.Status == ExecutionStatus.Failed)
            span.SetStatus(ActivityStatusCode.Error, run.Masked(result.Message));
    }

    // An end that was asked for is no error of the work, but a timeout is.
    public static void Failed(Activity? span, JobContext run, Exception failure)
    {
        var cancelReason = run.CancelReason;
        if (span is null)
            return;
        if (cancelReason != RunCancelReason.None)
            span.SetTag("scheduling.cancel_reason", Enum.GetName(cancelReason));
        if (failure is OperationCanceledException && cancelReason is RunCancelReason.Requested or RunCancelReason.Stopping or RunCancelReason.LeaseLost)
            return;
        var error = ExecutionError.From(failure, run.Masked);
        span.AddEvent(new ActivityEvent("exception", tags: new ActivityTagsCollection
        {
            ["exception.type"] = error.Type,
            ["exception.message"] = error.Message,
            ["exception.stacktrace"] = error.Detail,
        }));
        span.SetStatus(ActivityStatusCode.Error, error.Message);
    }
}
