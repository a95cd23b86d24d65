using System.Diagnostics;
using System.Diagnostics.Metrics;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>The meter "Scheduling"; the instruments are the table in docs/guides/observability.md. No instrument carries a job: their number has no bound.</summary>
internal sealed class EngineMetrics : IEngineEvents, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Scheduling";

    private static readonly InstrumentAdvice<double> RunSeconds = new() { HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200, 86_400] };
    private static readonly InstrumentAdvice<double> LagSeconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 1_800] };
    private static readonly InstrumentAdvice<double> CallSeconds = new() { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10] };
    private static readonly InstrumentAdvice<int> BatchRuns = new() { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000] };

    private readonly bool _tagsTenant;
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _missed;
    private readonly Histogram<int> _claimSize;
    private readonly Histogram<double> _claimDuration;
    private readonly Counter<long> _leaseLost;
    private readonly Counter<long> _reclaimed;
    private readonly Counter<long> _outages;

    /// <summary>Makes the instruments.</summary>
    /// <param name="tagsTenant">Whether runs carry their tenant.</param>
    /// <param name="factory">Makes the meter and owns it; null where the program has none, and then this owns it.</param>
    public EngineMetrics(bool tagsTenant, IMeterFactory? factory)
    {
        _tagsTenant = tagsTenant;
        _ownsMeter = factory is null;
        var options = new MeterOptions(MeterName) { Version = typeof(EngineMetrics).Assembly.GetName().Version?.ToString(3) };
        _meter = factory?.Create(options) ?? new Meter(options);
        _duration = _meter.CreateHistogram("scheduling.run.duration", "s", "How long attempts take.", tags: null, RunSeconds);
        _lag = _meter.CreateHistogram("scheduling.run.lag", "s", "How late attempts start, without the time that a limit held them back or that they waited for a retry.", tags: null, LagSeconds);
        _outcomes = _meter.CreateCounter<long>("scheduling.run.outcomes", "{run}", "Ended attempts by what became of them and why.");
        _skipped = _meter.CreateCounter<long>("scheduling.slot.skipped", "{slot}", "Slots that were passed over on purpose.");
        _missed = _meter.CreateCounter<long>("scheduling.slot.missed", "{slot}", "Slots that could not be started in time.");
        _claimSize = _meter.CreateHistogram("scheduling.claim.size", "{run}", "Runs taken by one claim.", tags: null, BatchRuns);
        _claimDuration = _meter.CreateHistogram("scheduling.claim.duration", "s", "How long claims take.", tags: null, CallSeconds);
        _leaseLost = _meter.CreateCounter<long>("scheduling.lease.lost", "{run}", "Attempts whose execution belongs to another node or to nobody any more.");
        _reclaimed = _meter.CreateCounter<long>("scheduling.orphan.reclaimed", "{run}", "Executions of lost nodes that start again.");
        _outages = _meter.CreateCounter<long>("scheduling.store.outages", "{outage}", "How often the store stopped answering as it should.");
    }

    /// <summary>Adds what is read from the engine when somebody collects.</summary>
    public void Observe(SchedulerEngine engine, ClockSkew clock)
    {
        _ = _meter.CreateObservableGauge("scheduling.run.active", () => engine.Snapshot().Active, "{run}", "Runs that have a place: queued, running or detached.");
        _ = _meter.CreateObservableGauge("scheduling.place.free", () => engine.Snapshot().Free, "{run}", "Places for runs that are free.");
        _ = _meter.CreateObservableGauge("scheduling.run.detached", () => engine.Snapshot().Detached, "{run}", "Runs that went on after their grace and keep their place.");
        _ = _meter.CreateObservableGauge("scheduling.result.unsettled", () => engine.Snapshot().Unsettled, "{run}", "Results that are not written yet.");
        _ = _meter.CreateObservableGauge("scheduling.clock.skew", () => SkewOf(clock), "s", "How far this node's clock is ahead of the store's; negative for behind.");
    }

    public void StateChanged(EngineState state, Exception? cause)
    {
        if (state == EngineState.StoreUnavailable)
            _outages.Add(1);
    }

    public void Claimed(ClaimResponse claim, Duration elapsed)
    {
        _claimSize.Record(claim.Runs.Count);
        _claimDuration.Record(elapsed.TotalSeconds);
        foreach (var gap in claim.Gaps)
        {
            var counter = gap.Gap.Status == ExecutionStatus.Missed ? _missed : _skipped;
            counter.Add(gap.Gap.Slots.Count, new("scheduling.executor", gap.Executor), new("scheduling.reason", Enum.GetName(gap.Gap.Reason)));
        }
    }

    public void RunStarted(ClaimedRun run)
    {
        if (!_lag.Enabled)
            return;
        if (_tagsTenant)
            _lag.Record(run.Lag.TotalSeconds, ExecutorOf(run), TenantOf(run));
        else
            _lag.Record(run.Lag.TotalSeconds, ExecutorOf(run));
    }

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed)
    {
        if (!_duration.Enabled && !_outcomes.Enabled)
            return;
        var (status, reason) = (StatusOf(result), new KeyValuePair<string, object?>("scheduling.reason", Enum.GetName(result.Reason)));
        if (_tagsTenant)
        {
            _duration.Record(elapsed.TotalSeconds, ExecutorOf(run), TenantOf(run), status);
            _outcomes.Add(1, [ExecutorOf(run), TenantOf(run), status, reason]);
            return;
        }
        _duration.Record(elapsed.TotalSeconds, ExecutorOf(run), status);
        _outcomes.Add(1, ExecutorOf(run), status, reason);
    }

    // Its end comes later or never and is not told, so this is its outcome.
    public void RunDetached(ClaimedRun run)
    {
        var tags = TagsOf(run);
        tags.Add("scheduling.status", "Detached");
        tags.Add("scheduling.reason", nameof(ExecutionReason.None));
        _outcomes.Add(1, tags);
    }

    public void LeaseLost(ClaimedRun run) => _leaseLost.Add(1, TagsOf(run));

    public void Swept(SweepResponse sweep)
    {
        if (sweep.Reclaimed > 0)
            _reclaimed.Add(sweep.Reclaimed);
    }

    public void Dispose()
    {
        if (_ownsMeter)
            _meter.Dispose();
    }

    // Nothing before the first claim: 0 would say that the clocks agree.
    private static IEnumerable<Measurement<double>> SkewOf(ClockSkew clock) => clock.Last is { } skew ? [new(skew.TotalSeconds)] : [];

    private static KeyValuePair<string, object?> ExecutorOf(ClaimedRun run) => new("scheduling.executor", run.Definition.Executor);

    private static KeyValuePair<string, object?> TenantOf(ClaimedRun run) => new("scheduling.tenant", run.Tenant.Value);

    private static KeyValuePair<string, object?> StatusOf(Settlement result) =>
        new("scheduling.status", result.Kind == SettlementKind.End ? Enum.GetName(result.Status) : Enum.GetName(result.Kind));

    private TagList TagsOf(ClaimedRun run)
    {
        var tags = new TagList { ExecutorOf(run) };
        if (_tagsTenant)
            tags.Add(TenantOf(run));
        return tags;
    }
}
