using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Runs a store's jobs in this process: claims what is due, runs it, renews the lease, writes the results and sweeps. A host repeats <see cref="TickAsync"/>; everything else goes on by itself.</summary>
/// <remarks>
/// Thread-safe, but ticks do not overlap. All waits go through the <see cref="TimeProvider"/>, so virtual time drives everything. User code never runs on the tick's thread.
/// </remarks>
[Experimental("SCHED0001")]
public sealed partial class SchedulerEngine : IAsyncDisposable
{
    /// <summary>The part of the places that is kept for tenants with nothing running here.</summary>
    private const int ReservedPart = 8;

    private readonly StoreCalls _store;
    private readonly DuePlanner _planner;
    private readonly MonotonicClock _clock;
    private readonly IEngineEvents _events;
    private readonly EngineStateKeeper _state;
    private readonly RunTable _table;
    private readonly RunPlaces _places;
    private readonly List<ActiveRun> _started = [];
    private readonly ResultWriter _results;
    private readonly RunDispatcher _dispatcher;
    private readonly DeadlineWatch _deadlines;
    private readonly LeaseKeeper _lease;
    private readonly ClaimSchedule _schedule;
    private readonly SweepSchedule _sweeps;
    private readonly ClaimFlights _flights;
    private readonly Func<bool> _isToClaim;
    private readonly WakeSignal _signal;
    private readonly IDisposable _wakes;
    private readonly SemaphoreSlim _tick = new(1, 1);
    private readonly long _madeAt;
    private long _lastTick = long.MinValue;
    private int _isDisposed;
    private volatile bool _isStopping;

    /// <summary>Makes an engine; it does nothing until it is ticked.</summary>
    /// <param name="store">The store, ready for use.</param>
    /// <param name="executors">The executors that this process has.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <param name="time">The clock of all waits; null for the system's.</param>
    /// <param name="events">Who is told of the engine's work; null for nobody.</param>
    /// <param name="runtime">Its threads and its chance; null for those of the process.</param>
    /// <exception cref="ArgumentException">Two executors have the same key.</exception>
    /// <exception cref="SchedulingValidationException">Options are out of their ranges; every problem is named.</exception>
    public SchedulerEngine(ISchedulingStore store, IEnumerable<ExecutorRegistration> executors, EngineOptions? options = null, TimeProvider? time = null, IEngineEvents? events = null, EngineRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(executors);
        Options = options ?? new EngineOptions();
        runtime ??= EngineRuntime.Default;
        EngineOptionsRules.Require(Options);
        _clock = new MonotonicClock(time ?? TimeProvider.System);
        _madeAt = _clock.Now;
        Owner = OwnerId.New(Instant.FromDateTimeOffset(_clock.Time.GetUtcNow()));
        _events = events ?? NoEngineEvents.Instance;
        _state = new EngineStateKeeper(_events);
        _planner = new DuePlanner(Options.Zones, Options.MisfireThreshold);
        _store = new StoreCalls(store.Claims, store.Capabilities, Options, _clock);
        var environment = new RunEnvironment(_clock, runtime, new SecretReader(store.Secrets, new SecretBox(Options.SecretProtector)));
        _table = new RunTable(executors, Options.MaxConcurrentRuns, (claim, lane, stamp) =>
            new ActiveRun(claim, lane, environment, stamp) { Deadline = _clock.After(stamp, claim.Definition.Timeout) });
        _places = _table.Places;
        _results = new ResultWriter(Owner, _store, _table, _events);
        _signal = new WakeSignal(_clock.Time, runtime);
        _flights = new ClaimFlights(store.Capabilities.OverlapsClaims, Options.MaxConcurrentRuns, runtime);
        _isToClaim = IsToClaim;
        _schedule = new ClaimSchedule(Options, store.Capabilities, _clock);
        _sweeps = new SweepSchedule(Options, _clock);
        _deadlines = new DeadlineWatch(_table, _clock, Options.Grace, Detach);
        _lease = new LeaseKeeper(Owner, _store, _table, _deadlines, Options, _clock, _events, _state);
        _dispatcher = new RunDispatcher(new RunInvoker(_places, _clock, _events, runtime.Random, RunEnded).Invoke, runtime);
        _wakes = store.Claims.Subscribe(Woken);
    }

    /// <summary>This process, as leases name it.</summary>
    public OwnerId Owner { get; }

    /// <summary>How it works.</summary>
    public EngineOptions Options { get; }

    /// <summary>Where it stands.</summary>
    /// <returns>A snapshot.</returns>
    public EngineSnapshot Snapshot()
    {
        var (active, free, unsettled, detached) = _places.Counts();
        var lastTick = Volatile.Read(ref _lastTick);
        return new EngineSnapshot
        {
            Owner = Owner,
            State = _state.State,
            Active = active,
            Free = free,
            Unsettled = unsettled,
            Detached = detached,
            SinceLastTick = lastTick == long.MinValue ? null : _clock.Between(lastTick, _clock.Now),
            LastFailure = _state.LastFailure,
        };
    }

    /// <summary>One pass: sweep when it is time, write what has ended, claim when there may be work, start what was claimed.</summary>
    /// <param name="ct">Ends the wait for the store.</param>
    /// <returns>What was done, and how long the next tick may wait.</returns>
    /// <exception cref="Exception">What the store threw. Nothing is lost: results wait to be written, and a claim is repeated with its number.</exception>
    public async ValueTask<TickResult> TickAsync(CancellationToken ct = default)
    {
        await _tick.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await TickOnceAsync(ct).ConfigureAwait(false);
        }
        catch (Exception) when (MarkFailed())
        {
            throw;
        }
        finally
        {
            Volatile.Write(ref _lastTick, _clock.Now);
            _tick.Release();
        }
    }

    /// <summary>Sleeps until the engine has something to do or a time is over.</summary>
    /// <param name="wait">How long at most; see <see cref="TickResult.Wait"/>.</param>
    /// <param name="ct">Ends the sleep.</param>
    /// <returns>When it is time for a tick.</returns>
    public ValueTask WaitAsync(Duration wait, CancellationToken ct = default) => _signal.WaitAsync(wait, ct);

    /// <summary>Takes the wake that has come since the last tick, if one has: for a caller that sleeps by itself and not in <see cref="WaitAsync"/>, which would take it too.</summary>
    /// <returns>Whether it is time for a tick.</returns>
    public bool TakeWake() => _signal.TryConsume();

    /// <summary>Tells the engine that a tick failed, so that its state says so; told once per change of state.</summary>
    /// <param name="cause">What was thrown.</param>
    public void ReportFailure(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        _state.Failed(cause);
    }

    /// <summary>Ends the engine's work without losing any: nothing new is claimed, what has not begun is handed back, what runs gets time to end, then its token fires, then it is handed back; results are written and the lease is given up.</summary>
    /// <param name="cancelAfter">How long running work may go on before its token fires.</param>
    /// <param name="ct">Fires when what still runs is to be handed back; the engine then gives the store a last short time to hear of it.</param>
    /// <returns>When the engine has ended. A store that does not answer is reported as a failure and leaves the rest to the lease's end; it is not thrown.</returns>
    public async Task StopAsync(Duration cancelAfter, CancellationToken ct = default)
    {
        _isStopping = true;
        _state.Stopping();
        _signal.Set();
        await _tick.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_state.State == EngineState.Stopped)
                return;
            await new EngineStop(this, _table, _deadlines, _signal, _clock).RunAsync(cancelAfter, ct).ConfigureAwait(false);
            _lease.End();
            _state.Stopped();
        }
        finally
        {
            _tick.Release();
        }
    }

    /// <summary>Ends the engine at once: what runs is cancelled and handed back.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        await StopAsync(Duration.Zero, new CancellationToken(canceled: true)).ConfigureAwait(false);
        _wakes.Dispose();
        _lease.Dispose();
        _deadlines.Dispose();
        _flights.Dispose();
    }

    /// <summary>Writes what has ended; for a stop, which has the tick to itself.</summary>
    internal ValueTask<int> SettleAsync(CancellationToken ct) => _results.WriteAsync(ct);

    internal ValueTask LeaveAsync(CancellationToken ct) => _store.LeaveAsync(Owner, ct);

    internal void StopFailed(Exception cause) => _events.StateChanged(EngineState.Stopping, cause);

    private async ValueTask<TickResult> TickOnceAsync(CancellationToken ct)
    {
        if (_isStopping)
            return new TickResult(0, 0, Options.SafetyPollInterval);
        SendClaims();
        if (_flights.Count > 0)
        {
            var (claimed, settled) = await HearClaimAsync(ct).ConfigureAwait(false);
            return await SweptAsync(claimed, settled, ct).ConfigureAwait(false);
        }
        var (_, free, unsettled, _) = _places.Counts();
        return await SweptAsync(0, IsToWrite(free, unsettled) ? await SettleAsync(ct).ConfigureAwait(false) : 0, ct).ConfigureAwait(false);
    }

    /// <summary>Whether results are to be written now and not along with the claim that follows.</summary>
    private bool IsToWrite(int free, int unsettled) => unsettled > Options.MaxUnsettled || (unsettled > 0 && !_schedule.CarriesResults(free));

    /// <summary>Housekeeping comes last, and while no claim is on its way, because runs that are leased must start: one that fails holds up no claim, and before the first claim the store does not know this process's executors.</summary>
    private async ValueTask<TickResult> SweptAsync(int claimed, int settled, CancellationToken ct)
    {
        if (_flights is { Count: 0, Numbers.IsAnyAnswered: true } && _sweeps.IsDue)
            await SweepAsync(ct).ConfigureAwait(false);
        return Result(claimed, settled);
    }

    private TickResult Result(int claimed, int settled)
    {
        _state.Reached();
        var (_, free, unsettled, _) = _places.Counts();
        var now = _clock.Now;
        var next = Math.Min(_flights.Numbers.IsAnyAnswered ? _sweeps.Next : long.MaxValue, free == 0 ? long.MaxValue : _schedule.Next(free));
        return new TickResult(claimed, settled, _flights.Count > 0 || IsToWrite(free, unsettled) || next <= now ? Duration.Zero : _clock.Between(now, next)) { HasClaimsUnderway = _flights.Count > 0 };
    }

    private async ValueTask SweepAsync(CancellationToken ct)
    {
        var untilTrusted = _store.UntilTrusted;
        var request = new SweepRequest
        {
            Owner = Owner,
            ReclaimsOrphans = untilTrusted == Duration.Zero,
            ClockBound = _store.ClockBound,
            Retention = Options.Retention,
            ParksJobs = _clock.Between(_madeAt, _clock.Now) >= Options.ParkAfter,
            ParkAfter = Options.ParkAfter,
            Planner = _planner,
        };
        var response = await _store.SweepAsync(request, ct).ConfigureAwait(false);
        _sweeps.Swept(response, untilTrusted, request.ClockBound);
        _events.Swept(response);
    }

    private bool MarkFailed()
    {
        _store.Failed();
        _schedule.Failed();
        return false;
    }

    private void Woken(StoreWake wake)
    {
        if (wake.HasFlag(StoreWake.Cancel))
            _lease.RenewSoon();
        if (!wake.HasFlag(StoreWake.Work))
            return;
        _schedule.Wake();
        if (_flights.MayOverlap)
            _flights.TellOfRoom(_places.Unasked);
        _signal.Set();
    }

    private void RunEnded(int free, int laneFree, ExecutorLane lane)
    {
        if (_schedule.Ended(free, laneFree, lane) || _isStopping)
            _signal.Set();
        if (_schedule.ExpectsMore)
            _flights.TellOfRoom(free);
    }

    private void Detach(ActiveRun run)
    {
        // A run whose lease is lost, or that a stop cancels, is not settled behind its back: handing it back would start it elsewhere while it goes on here.
        if (run.CancelReason is RunCancelReason.LeaseLost or RunCancelReason.Stopping)
            return;
        if (!_places.TryDetach(run, AttemptPlanner.Detach(run.Claim, run.CancelReason, run.Journal?.Close())))
            return;
        _events.RunDetached(run.Claim);
        _signal.Set();
    }
}
