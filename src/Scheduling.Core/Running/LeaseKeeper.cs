using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>
/// Renews the process's lease while it has runs, and acts on what the store answers: lost runs and cancel requests. When no renewal got through in time, it gives up all runs while the lease is still good, so that
/// another process never starts work that still goes on here.
/// </summary>
/// <remarks>
/// On the system's clock both watches have threads of their own, so that user code which blocks the whole pool costs nobody a lease. On any other clock its timers drive them.
/// </remarks>
internal sealed class LeaseKeeper : IDisposable
{
    private readonly StoreCalls _store;
    private readonly RunTable _table;
    private readonly DeadlineWatch _deadlines;
    private readonly EngineOptions _options;
    private readonly MonotonicClock _clock;
    private readonly IEngineEvents _events;
    private readonly EngineStateKeeper _state;
    private readonly OwnerId _owner;
    private readonly bool _hasOwnThreads;
    private readonly ITimer _timer;
    private readonly ITimer _safety;
    private readonly CancellationTokenSource _stop = new();
    private long _answeredClaims;
    private long _safeUntil = long.MaxValue;
    private int _isRenewing;
    private int _isArmed;
    private int _isAskedAgain;
    private int _isWatched;
    private volatile bool _hasFailed;

    public LeaseKeeper(
        OwnerId owner, StoreCalls store, RunTable table, DeadlineWatch deadlines, EngineOptions options, MonotonicClock clock, IEngineEvents events, EngineStateKeeper state)
    {
        (_owner, _store, _table, _deadlines, _options, _clock, _events, _state) = (owner, store, table, deadlines, options, clock, events, state);
        _hasOwnThreads = clock.Time == TimeProvider.System;
        _timer = TimerOf("scheduling renewals", () => _ = RenewAsync());
        _safety = TimerOf("scheduling lease end", WatchSafety);
    }

    /// <summary>Whether there is something to renew for, or the last renewal failed: then it is tried until one goes well, so that the state can be believed.</summary>
    private bool IsNeeded => !_table.IsEmpty || _hasFailed;

    /// <summary>A claim was answered: it renewed the lease too, and its runs are known from here on.</summary>
    public void ClaimAnswered(long number, long sentStamp, bool hasRuns)
    {
        Volatile.Write(ref _answeredClaims, number);
        Renewed(sentStamp);
        if (!hasRuns)
            return;
        if (Interlocked.Exchange(ref _isWatched, 1) == 0)
            _safety.Change(LeftOf(_options.LeaseDuration - _options.RenewInterval, sentStamp), Timeout.InfiniteTimeSpan);
        if (Interlocked.Exchange(ref _isArmed, 1) == 0)
            _timer.Change(LeftOf(_options.RenewInterval, sentStamp), Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is left of a time that began at a stamp: the lease runs since the claim was sent, however long its answer took.</summary>
    private TimeSpan LeftOf(Duration time, long since) => Duration.Max(time - _clock.Between(since, _clock.Now), Duration.Zero).ToTimeSpan();

    /// <summary>Renews now, to hear of a cancel request.</summary>
    public void RenewSoon()
    {
        if (Volatile.Read(ref _isArmed) == 1)
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The engine has ended. What it could not write or give up is left to the lease's end, which must come.</summary>
    public void End()
    {
        _stop.Cancel();
        _timer.Dispose();
        _safety.Dispose();
    }

    public void Dispose()
    {
        End();
        _stop.Dispose();
    }

    internal async Task RenewAsync()
    {
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1)
        {
            Volatile.Write(ref _isAskedAgain, 1);
            return;
        }
        try
        {
            if (IsNeeded)
                await RenewOnceAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The engine has ended; there is nothing to keep.
        }
        catch (Exception failure)
        {
            _store.Failed();
            Failed(failure);
            GiveUpWhenUnsafe();
        }
        finally
        {
            Interlocked.Exchange(ref _isRenewing, 0);
            Rearm();
        }
    }

    private void Failed(Exception failure)
    {
        _hasFailed = true;
        _state.RenewalFailed(failure);
    }

    private ITimer TimerOf(string name, Action callback) => _hasOwnThreads
        ? new ThreadTimer(name, callback)
        : _clock.Time.CreateTimer(static s => ((Action)s!)(), callback, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private async Task RenewOnceAsync()
    {
        var sent = _clock.Now;
        var reports = _table.Reports();
        var request = new RenewRequest
        {
            Owner = _owner,
            Node = _options.Node,
            Executors = _table.Keys,
            Lease = _options.LeaseDuration,
            AnsweredClaims = Volatile.Read(ref _answeredClaims),
            Known = _table.Held(),
            Reports = reports,
        };
        var response = _hasOwnThreads ? _store.Renew(request) : await _store.RenewAsync(request, _stop.Token).ConfigureAwait(false);
        Renewed(sent);
        if (response.Unfinished is { } unfinished)
        {
            Failed(unfinished);
        }
        else
        {
            _hasFailed = false;
            _state.Renewed();
            _table.Reported(reports);
        }
        foreach (var run in _table.Lose(response.Lost))
            Lost(run);
        _deadlines.ArmFor(_table.Regain(_clock));
        if (response.CancelRequested.Count == 0)
            return;
        var asked = response.CancelRequested.Select(static notice => notice.Id).ToHashSet();
        _deadlines.Cancel(run => asked.Contains(run.Claim.Id), RunCancelReason.Requested);
    }

    /// <summary>A run belongs to another token now: it is told so, and so is whoever listens.</summary>
    internal void Lost(ActiveRun run)
    {
        if (run.TryMarkCancelled(RunCancelReason.LeaseLost))
            _ = run.FireAsync();
        _events.LeaseLost(run.Claim);
    }

    private void Renewed(long sentStamp) =>
        Volatile.Write(ref _safeUntil, _clock.After(sentStamp, _options.LeaseDuration - _options.RenewInterval));

    /// <summary>Looks when the trust window ends, whatever the renewals do: one that hangs must not stretch it.</summary>
    private void WatchSafety()
    {
        if (_stop.IsCancellationRequested)
            return;
        GiveUpWhenUnsafe();
        Interlocked.Exchange(ref _isWatched, 0);
        if (_table.IsEmpty || Interlocked.Exchange(ref _isWatched, 1) == 1)
            return;
        var left = _clock.Between(_clock.Now, Volatile.Read(ref _safeUntil));
        _safety.Change((left > Duration.Zero ? left : _options.RenewInterval).ToTimeSpan(), Timeout.InfiniteTimeSpan);
    }

    private void GiveUpWhenUnsafe()
    {
        if (_clock.Now >= Volatile.Read(ref _safeUntil))
            _deadlines.Cancel(static _ => true, RunCancelReason.LeaseLost);
    }

    private void Rearm()
    {
        if (_stop.IsCancellationRequested)
            return;
        if (Interlocked.Exchange(ref _isAskedAgain, 0) == 1)
        {
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            return;
        }
        Volatile.Write(ref _isArmed, 0);
        if (IsNeeded && Interlocked.Exchange(ref _isArmed, 1) == 0)
            _timer.Change(Volatile.Read(ref _isAskedAgain) == 1 ? TimeSpan.Zero : _options.RenewInterval.ToTimeSpan(), Timeout.InfiniteTimeSpan);
    }
}
