using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>Every line that the package logs. The event ids are fixed and documented in docs/guides/observability.md.</summary>
internal static partial class SchedulingLog
{
    /// <summary>The one category of the package's lines.</summary>
    public const string Category = "Scheduling";

    /// <summary>The logger of the package; one that writes nothing where the program has no logging.</summary>
    public static ILogger LoggerFrom(IServiceProvider services) => (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(Category);

    [LoggerMessage(100, LogLevel.Information, "Scheduler of node {Node} starts as {Owner} with store {Store} and {Executors} executors; it runs at most {MaxConcurrentRuns} jobs at once")]
    public static partial void Starting(this ILogger logger, string node, OwnerId owner, string store, int executors, int maxConcurrentRuns);

    [LoggerMessage(101, LogLevel.Information, "Scheduler reaches its store and runs jobs")]
    public static partial void Running(this ILogger logger);

    [LoggerMessage(102, LogLevel.Warning, "Scheduler cannot work with its store and tries again, ever more slowly")]
    public static partial void StoreUnavailable(this ILogger logger, Exception? failure);

    [LoggerMessage(103, LogLevel.Information, "Scheduler stops: it claims nothing more and lets running jobs end")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(104, LogLevel.Information, "Scheduler has stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(105, LogLevel.Warning, "Scheduler could not tell its store of its end; what it had starts elsewhere when the lease is over")]
    public static partial void StopIncomplete(this ILogger logger, Exception failure);

    [LoggerMessage(106, LogLevel.Information, "All {Count} jobs of the program are in the store")]
    public static partial void JobsEnsured(this ILogger logger, int count);

    [LoggerMessage(107, LogLevel.Warning, "A job of the program could not be written and is tried again: {Job} of {Tenant}")]
    public static partial void JobNotEnsured(this ILogger logger, Exception failure, string job, string tenant);

    [LoggerMessage(108, LogLevel.Error, "A job of the program is refused and stays as it is in the store: {Job} of {Tenant}")]
    public static partial void JobRefused(this ILogger logger, Exception failure, string job, string tenant);

    [LoggerMessage(109, LogLevel.Warning, "A log, metric or trace listener threw; runs go on, and further failures of it are counted but not logged")]
    public static partial void ObserverFailed(this ILogger logger, Exception failure);

    [LoggerMessage(110, LogLevel.Information, "Settings name executors that this program does not have: {Executors}")]
    public static partial void UnusedExecutorSettings(this ILogger logger, string executors);

    [LoggerMessage(111, LogLevel.Information, "Scheduler administers jobs with store {Store} and runs none (Role is ControlOnly)")]
    public static partial void StartingControl(this ILogger logger, string store);

    [LoggerMessage(112, LogLevel.Information, "Store is ready")]
    public static partial void StoreReady(this ILogger logger);

    [LoggerMessage(113, LogLevel.Warning, "Observer {Observer} threw; runs go on, and its further failures are counted but not logged")]
    public static partial void ExecutionObserverFailed(this ILogger logger, Exception failure, string observer);

    [LoggerMessage(114, LogLevel.Warning, "Observer {Observer} took too long for a notice and is left behind with it; further ones are counted but not logged")]
    public static partial void ExecutionObserverLate(this ILogger logger, string observer);

    [LoggerMessage(115, LogLevel.Warning, "Observer {Observer} is too slow for the runs, or the process had no more time for it: notices are dropped, and further ones are counted but not logged")]
    public static partial void ExecutionNoticesDropped(this ILogger logger, string observer);

    [LoggerMessage(116, LogLevel.Information, "Set {Set} of {Tenant} is reconciled: {Created} jobs created, {Updated} updated, {Deleted} deleted")]
    public static partial void SetReconciled(this ILogger logger, string set, string tenant, int created, int updated, int deleted);

    [LoggerMessage(117, LogLevel.Warning, "Set {Set} of {Tenant} changes nothing: it is of generation {Generation}, and {Newer} has been reconciled")]
    public static partial void SetIsStale(this ILogger logger, string set, string tenant, long generation, long newer);

    [LoggerMessage(118, LogLevel.Error, "Job {Job} of {Tenant} belongs to another set than {Set} or to none, and stays as it is")]
    public static partial void JobIsNotOfSet(this ILogger logger, string job, string tenant, string set);

    [LoggerMessage(119, LogLevel.Warning, "Set {Set} of {Tenant} could not be reconciled and is tried again")]
    public static partial void SetNotReconciled(this ILogger logger, Exception failure, string set, string tenant);

    [LoggerMessage(200, LogLevel.Debug, "Job {Job} of {Tenant} starts: execution {Execution}, attempt {Attempt}, {Lag} late")]
    public static partial void RunStarted(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt, TimeSpan lag);

    [LoggerMessage(201, LogLevel.Debug, "Job {Job} of {Tenant} succeeded after {Elapsed}: execution {Execution}, attempt {Attempt}")]
    public static partial void RunSucceeded(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt, TimeSpan elapsed);

    [LoggerMessage(202, LogLevel.Warning, "Job {Job} of {Tenant} completed with errors after {Elapsed}: execution {Execution}, attempt {Attempt}: {Result}")]
    public static partial void RunCompletedWithErrors(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt, TimeSpan elapsed, string? result);

    [LoggerMessage(203, LogLevel.Warning, "Job {Job} of {Tenant} ended as {Status} ({Reason}) after {Elapsed}: execution {Execution}, attempt {Attempt}: {Result}")]
    public static partial void RunFailed(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt, ExecutionStatus status, ExecutionReason reason, TimeSpan elapsed, string? result);

    [LoggerMessage(204, LogLevel.Information, "Job {Job} of {Tenant} failed ({Reason}) after {Elapsed} and is tried again in {Delay}: execution {Execution}, attempt {Attempt}: {Result}")]
    public static partial void RunRetries(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt, ExecutionReason reason, TimeSpan elapsed, TimeSpan delay, string? result);

    [LoggerMessage(205, LogLevel.Information, "Job {Job} of {Tenant} was cancelled on request after {Elapsed}: execution {Execution}, attempt {Attempt}")]
    public static partial void RunCancelled(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt, TimeSpan elapsed);

    [LoggerMessage(206, LogLevel.Information, "Job {Job} of {Tenant} is handed back because the node stops: execution {Execution}, attempt {Attempt}")]
    public static partial void RunHandedBack(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt);

    [LoggerMessage(207, LogLevel.Warning, "Job {Job} of {Tenant} went on after its token fired and the grace was over; it is settled without it and keeps its place until it ends: execution {Execution}, attempt {Attempt}")]
    public static partial void RunDetached(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt);

    [LoggerMessage(208, LogLevel.Warning, "Lease lost: job {Job} of {Tenant} belongs to another node or to nobody now, and its result here is refused: execution {Execution}, attempt {Attempt}, token {Token}")]
    public static partial void LeaseLost(this ILogger logger, string? job, TenantId tenant, ExecutionId execution, int attempt, long token);

    [LoggerMessage(209, LogLevel.Warning, "The scope of a failed run could not be disposed either: job {Job} of {Tenant}, execution {Execution}")]
    public static partial void ScopeDisposalFailed(this ILogger logger, Exception failure, TenantId tenant, string job, ExecutionId execution);

    [LoggerMessage(210, LogLevel.Warning, "Job {JobId} of {Tenant} stands still ({Reason}): {Fault}")]
    public static partial void JobFaulted(this ILogger logger, JobId jobId, TenantId tenant, JobFaultReason reason, string fault);

    [LoggerMessage(212, LogLevel.Warning, "{Count} more jobs stand still; see the health check and the jobs' faults")]
    public static partial void MoreJobsFaulted(this ILogger logger, int count);

    [LoggerMessage(211, LogLevel.Debug, "{Count} slots of job {JobId} of {Tenant} are {Status} ({Reason}), the last one {Slot}")]
    public static partial void SlotsPassed(this ILogger logger, long count, JobId jobId, TenantId tenant, ExecutionStatus status, ExecutionReason reason, NodaTime.Instant slot);

    [LoggerMessage(300, LogLevel.Warning, "Lost nodes left executions behind: {Reclaimed} start again, {Abandoned} are abandoned")]
    public static partial void OrphansFound(this ILogger logger, int reclaimed, int abandoned);

    [LoggerMessage(302, LogLevel.Information, "Zone data changed from {Before} to {Now}: the next runs of jobs in time zones are computed anew")]
    public static partial void ZonesChanged(this ILogger logger, string before, string now);

    [LoggerMessage(303, LogLevel.Information, "New zone data moved the next runs of {Count} jobs")]
    public static partial void NextRunsMoved(this ILogger logger, int count);

    [LoggerMessage(304, LogLevel.Warning, "Other nodes have newer zone data ({Newer}) than this one ({Own}): jobs in time zones may run at other times here. Update this node")]
    public static partial void ZonesOlder(this ILogger logger, string newer, string own);

    [LoggerMessage(305, LogLevel.Warning, "This node's clock is {Skew} ahead of the store's (behind where negative). Jobs go by the store's, so none is harmed; but one of the two clocks is wrong")]
    public static partial void ClockSkewed(this ILogger logger, TimeSpan skew);

    [LoggerMessage(306, LogLevel.Information, "This node's clock agrees with the store's again: it is {Skew} ahead")]
    public static partial void ClockAgrees(this ILogger logger, TimeSpan skew);

    [LoggerMessage(301, LogLevel.Debug, "Housekeeping removed {Purged} executions and {Jobs} jobs, and took up {Unparked} parked jobs")]
    public static partial void Swept(this ILogger logger, int purged, int jobs, int unparked);

    /// <summary>What a run said or what went wrong with it, as one text.</summary>
    public static string? ResultOf(Settlement result) => result.Error is { } error ? error.Detail ?? error.Message : result.Message;
}
