using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>
/// Says whether the scheduler does its work: the store answers, the loop ticks, nothing waits too long, every executor that jobs name has a node, no job is parked, the jobs of <see cref="SchedulingOptions.LastSuccessAlarms"/> have succeeded lately. Add it with
/// <c>services.AddHealthChecks().AddCheck&lt;SchedulingHealthCheck&gt;("scheduling")</c>, after <c>AddScheduling</c>.
/// </summary>
/// <remarks>
/// Thread-safe. Unhealthy (or what the registration says instead): the store does not answer within 5 s, the loop is stuck or has ended. Degraded: everything else that is not as it should be, the start
/// included. One call to the store for each check, and one for each of these jobs. The data have the numbers behind the answer.
/// </remarks>
public sealed class SchedulingHealthCheck : IHealthCheck
{
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A loop is late when it has not ticked for its longest wait and twice the time a call may take.</summary>
    private const int CallsOfTick = 2;

    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;

    internal SchedulingHealthCheck(IServiceProvider services)
    {
        _services = services;
        _time = services.GetRequiredService<TimeProvider>();
    }

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = _services.GetRequiredService<IOptions<SchedulingOptions>>().Value;
        var report = new HealthReportBuilder();
        report.Add("role", options.Role.ToString());
        if (options.Role == SchedulingRole.RunAndControl)
            CheckEngine(report, options, _services.GetRequiredService<SchedulerEngine>().Snapshot());
        CheckJobs(report);
        await CheckStoreAsync(report, options, cancellationToken).ConfigureAwait(false);
        return report.Build(context.Registration.FailureStatus);
    }

    private static void CheckEngine(HealthReportBuilder report, SchedulingOptions options, EngineSnapshot engine)
    {
        report.Add("state", engine.State.ToString());
        report.Add("active", engine.Active);
        report.Add("free", engine.Free);
        report.Add("unsettled", engine.Unsettled);
        report.Add("detached", engine.Detached);
        if (engine.SinceLastTick is { } since)
            report.Add("secondsSinceLastTick", Math.Round(since.TotalSeconds, 3));
        switch (engine.State)
        {
            case EngineState.Starting:
                report.Degraded("The scheduler has not reached its store yet.");
                break;
            case EngineState.StoreUnavailable:
                report.Failed("The scheduler cannot work with its store.", engine.LastFailure);
                break;
            case EngineState.Stopping:
                report.Degraded("The scheduler stops.");
                break;
            case EngineState.Stopped:
                report.Failed("The scheduler has stopped.", cause: null);
                break;
            default:
                CheckLoop(report, options, engine);
                break;
        }
        if (engine.Detached > 0)
            report.Degraded(Text($"{engine.Detached} runs went on after their grace and keep their places."));
    }

    private static void CheckLoop(HealthReportBuilder report, SchedulingOptions options, EngineSnapshot engine)
    {
        var longest = Duration.FromTimeSpan((options.SafetyPollInterval > options.PollInterval ? options.SafetyPollInterval : options.PollInterval) + (options.StoreTimeout * CallsOfTick));
        if (engine.SinceLastTick is { } since && since > longest)
            report.Failed(Text($"The scheduler's loop has not ticked for {since.TotalSeconds:0} s, and {longest.TotalSeconds:0} s is the longest it should take."), cause: null);
    }

    private void CheckJobs(HealthReportBuilder report)
    {
        var jobs = _services.GetRequiredService<DeclaredJobs>();
        report.Add("observerFailures", _services.GetRequiredService<ObserverGuard>().Failures);
        if (jobs.Left > 0)
            report.Degraded(Text($"{jobs.Left} jobs of the program are not written yet."));
        if (jobs.Refused > 0)
            report.Degraded(Text($"{jobs.Refused} jobs of the program were refused; the log says why."));
    }

    private async Task CheckStoreAsync(HealthReportBuilder report, SchedulingOptions options, CancellationToken ct)
    {
        var store = _services.GetRequiredService<ISchedulingStore>();
        report.Add("store", store.Name);
        try
        {
            await InspectAsync(report, options, store, ct).WaitAsync(StoreTimeout, _time, ct).ConfigureAwait(false);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            report.Failed("The store does not answer.", failure);
        }
    }

    private async Task InspectAsync(HealthReportBuilder report, SchedulingOptions options, ISchedulingStore store, CancellationToken ct)
    {
        var status = await store.Claims.InspectAsync(ct).ConfigureAwait(false);
        CheckStatus(report, options, status);
        await LastSuccessCheck.AddToAsync(report, options.LastSuccessAlarms, _services.GetRequiredService<JobScheduler>(), status.StoreNow, ct).ConfigureAwait(false);
    }

    private static void CheckStatus(HealthReportBuilder report, SchedulingOptions options, StoreStatus status)
    {
        report.Add("openExecutions", status.OpenExecutions);
        report.Add("liveProcesses", status.LiveProcesses);
        report.Add("parkedJobs", status.ParkedJobs);
        report.Add("pauses", status.Pauses.Select(static pause => pause.Scope.ToString()).ToArray());
        report.Add("executorsWithoutNode", status.ExecutorsWithoutNode);
        if (status.OldestDue is { } oldest)
        {
            var waits = status.StoreNow - oldest;
            report.Add("oldestDueSeconds", Math.Round(waits.TotalSeconds, 3));
            if (waits > Duration.FromTimeSpan(options.OverdueAlarm))
                report.Degraded(Text($"The oldest due work has waited for {waits.TotalSeconds:0} s."));
        }
        if (status.ExecutorsWithoutNode.Count > 0)
            report.Degraded($"No node has the executors {string.Join(", ", status.ExecutorsWithoutNode)}, which jobs name.");
        if (status.ParkedJobs > 0)
            report.Degraded(Text($"{status.ParkedJobs} jobs are parked because no node has their executor."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
