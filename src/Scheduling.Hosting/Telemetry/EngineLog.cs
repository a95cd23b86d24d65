using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>Writes the engine's work to the log: one line for each change of state, one or two for each run.</summary>
internal sealed class EngineLog(ILogger logger, ClockSkew clock) : IEngineEvents
{
    private const int MostNamed = 3;
    private string? _newerZones;

    public void StateChanged(EngineState state, Exception? cause)
    {
        switch (state)
        {
            case EngineState.Running:
                logger.Running();
                break;
            case EngineState.StoreUnavailable:
                logger.StoreUnavailable(cause);
                break;
            case EngineState.Stopping when cause is not null:
                logger.StopIncomplete(cause);
                break;
            case EngineState.Stopping:
                logger.Stopping();
                break;
            case EngineState.Stopped:
                logger.Stopped();
                break;
        }
    }

    public void Claimed(ClaimResponse claim, Duration elapsed)
    {
        if (clock.Look(claim, elapsed, out var skew) is { } isAlarm)
            TellOfClock(isAlarm, skew);
        Faulted(claim.Faults);
        if (!logger.IsEnabled(LogLevel.Debug))
            return;
        foreach (var gap in claim.Gaps)
            logger.SlotsPassed(gap.Gap.Slots.Count, gap.JobId, gap.Tenant, gap.Gap.Status, gap.Gap.Reason, gap.Gap.Slots.Last);
    }

    public void RunStarted(ClaimedRun run)
    {
        if (logger.IsEnabled(LogLevel.Debug))
            logger.RunStarted(run.Definition.Key, run.Tenant, run.Id, run.Attempt, run.Lag.ToTimeSpan());
    }

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed)
    {
        switch (result.Kind)
        {
            case SettlementKind.Retry:
                logger.RunRetries(run.Definition.Key, run.Tenant, run.Id, run.Attempt, result.Reason, elapsed.ToTimeSpan(), result.RetryAfter.ToTimeSpan(), SchedulingLog.ResultOf(result));
                break;
            case SettlementKind.HandBack:
                logger.RunHandedBack(run.Definition.Key, run.Tenant, run.Id, run.Attempt);
                break;
            default:
                Ended(run, result, elapsed);
                break;
        }
    }

    public void RunDetached(ClaimedRun run) => logger.RunDetached(run.Definition.Key, run.Tenant, run.Id, run.Attempt);

    public void LeaseLost(ClaimedRun run) => logger.LeaseLost(run.Definition.Key, run.Tenant, run.Id, run.Attempt, run.Token);

    public void Swept(SweepResponse sweep)
    {
        if (sweep.Reclaimed > 0 || sweep.Abandoned > 0)
            logger.OrphansFound(sweep.Reclaimed, sweep.Abandoned);
        Faulted(sweep.Parked);
        if (sweep.Purged > 0 || sweep.RemovedJobs > 0 || sweep.Unparked > 0)
            logger.Swept(sweep.Purged, sweep.RemovedJobs, sweep.Unparked);
        if (sweep.ZonesBefore is { } before)
            logger.ZonesChanged(before, sweep.Zones!);
        if (sweep.Revised > 0)
            logger.NextRunsMoved(sweep.Revised);

        // Once for each version: every sweep sees it.
        if (sweep.NewerZones is { } newer && !string.Equals(Interlocked.Exchange(ref _newerZones, newer), newer, StringComparison.Ordinal))
            logger.ZonesOlder(newer, sweep.Zones!);
    }

    private void TellOfClock(bool isAlarm, Duration skew)
    {
        if (isAlarm)
            logger.ClockSkewed(skew.ToTimeSpan());
        else
            logger.ClockAgrees(skew.ToTimeSpan());
    }

    /// <summary>Names a few jobs and counts the rest: one missing executor can stop a hundred thousand jobs at once.</summary>
    private void Faulted(IReadOnlyList<FaultedJob> jobs)
    {
        for (var i = 0; i < Math.Min(jobs.Count, MostNamed); i++)
            logger.JobFaulted(jobs[i].JobId, jobs[i].Tenant, jobs[i].Fault.Reason, jobs[i].Fault.Message);
        if (jobs.Count > MostNamed)
            logger.MoreJobsFaulted(jobs.Count - MostNamed);
    }

    private void Ended(ClaimedRun run, Settlement result, Duration elapsed)
    {
        switch (result.Status)
        {
            case ExecutionStatus.Succeeded:
                if (logger.IsEnabled(LogLevel.Debug))
                    logger.RunSucceeded(run.Definition.Key, run.Tenant, run.Id, run.Attempt, elapsed.ToTimeSpan());
                break;
            case ExecutionStatus.CompletedWithErrors:
                logger.RunCompletedWithErrors(run.Definition.Key, run.Tenant, run.Id, run.Attempt, elapsed.ToTimeSpan(), result.Message);
                break;
            case ExecutionStatus.Cancelled:
                logger.RunCancelled(run.Definition.Key, run.Tenant, run.Id, run.Attempt, elapsed.ToTimeSpan());
                break;
            default:
                logger.RunFailed(run.Definition.Key, run.Tenant, run.Id, run.Attempt, result.Status, result.Reason, elapsed.ToTimeSpan(), SchedulingLog.ResultOf(result));
                break;
        }
    }
}
