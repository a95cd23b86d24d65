using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Calls the store, each call with a deadline, and watches the store's clock and its outages, after which nobody's lease may be judged for a while.</summary>
internal sealed class StoreCalls(IClaimStore store, StoreCapabilities capabilities, EngineOptions options, MonotonicClock clock)
{
    private readonly Lock _gate = new();
    private Instant? _storeNow;
    private long _storeNowStamp;
    private long _trustsLeasesFrom = long.MinValue;
    private long _failingSince = long.MaxValue;

    /// <summary>
    /// How long until leases of other processes may be judged; zero when they may: not for one lease after an outage or a jump of the store's clock, when all of them look over, and not in the first moments of this process.
    /// </summary>
    public Duration UntilTrusted
    {
        get
        {
            lock (_gate)
                return clock.Now is var now && now >= _trustsLeasesFrom ? Duration.Zero : clock.Between(now, _trustsLeasesFrom);
        }
    }

    /// <summary>The latest that the store's clock can honestly show now; null before the store was first heard.</summary>
    public Instant? ClockBound
    {
        get
        {
            lock (_gate)
                return _storeNow is { } heard ? heard + clock.Between(_storeNowStamp, clock.Now) + options.RenewInterval : null;
        }
    }

    public async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken ct)
    {
        using var deadline = Deadline(ct);
        var response = await Within(store.ClaimAsync(request, deadline.Token), deadline.Token).ConfigureAwait(false);
        Heard(response.StoreNow);
        return response;
    }

    public async ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken ct)
    {
        using var deadline = Deadline(ct);
        var response = await Within(store.SettleAsync(request, deadline.Token), deadline.Token).ConfigureAwait(false);
        Heard(response.StoreNow);
        return response;
    }

    public async ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken ct)
    {
        using var deadline = Deadline(ct);
        var response = await Within(store.RenewAsync(request, deadline.Token), deadline.Token).ConfigureAwait(false);
        Heard(response.StoreNow);
        return response;
    }

    /// <summary>Renews on the calling thread; the store keeps its own time-out.</summary>
    public RenewResponse Renew(RenewRequest request)
    {
        var response = store.Renew(request);
        Heard(response.StoreNow);
        return response;
    }

    public async ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken ct)
    {
        using var deadline = Deadline(ct);
        var response = await Within(store.SweepAsync(request, deadline.Token), deadline.Token).ConfigureAwait(false);
        Heard(response.StoreNow);
        return response;
    }

    public async ValueTask LeaveAsync(OwnerId owner, CancellationToken ct)
    {
        using var deadline = Deadline(ct);
        var leaving = store.LeaveAsync(owner, deadline.Token);
        await (leaving.IsCompleted ? leaving : new ValueTask(leaving.AsTask().WaitAsync(deadline.Token))).ConfigureAwait(false);
    }

    /// <summary>A call failed: if that goes on for long, other processes may not have reached the store either.</summary>
    public void Failed()
    {
        lock (_gate)
            _failingSince = Math.Min(_failingSince, clock.Now);
    }

    /// <summary>Waits no longer than the deadline, even for a store that does not listen to its token: what it does later is a lost answer.</summary>
    private static ValueTask<T> Within<T>(ValueTask<T> call, CancellationToken deadline) =>
        call.IsCompleted ? call : new ValueTask<T>(call.AsTask().WaitAsync(deadline));

    private void Heard(Instant storeNow)
    {
        var stamp = clock.Now;
        lock (_gate)
        {
            var wasFailingFor = _failingSince == long.MaxValue ? Duration.Zero : clock.Between(_failingSince, stamp);
            _failingSince = long.MaxValue;
            var jump = _storeNow is { } before ? storeNow - before - clock.Between(_storeNowStamp, stamp) : Duration.Zero;

            // A process that has only just come does not know whether the clock jumped: whoever lives renews within this time, the last of them at its very end.
            if (_storeNow is null)
                _trustsLeasesFrom = clock.After(stamp, options.RenewInterval * 1.25);
            if (wasFailingFor > options.RenewInterval || Duration.Max(jump, -jump) > options.RenewInterval)
                _trustsLeasesFrom = clock.After(stamp, options.LeaseDuration);
            (_storeNow, _storeNowStamp) = (storeNow, stamp);
        }
    }

    private CallDeadline Deadline(CancellationToken ct) => capabilities.AnswersAtOnce ? new CallDeadline(ct) : new CallDeadline(options.StoreTimeout, clock.Time, ct);
}
