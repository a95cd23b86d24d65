using System.Runtime.InteropServices;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;

namespace Scheduling;

/// <summary>Counts each tenant's requests for runs against its rate, in this process and by its monotonic clock. Thread-safe.</summary>
internal sealed class RunNowBudget
{
    // A bucket that is full is as good as none, so what is kept is bounded by the requests of the longest rate, and mostly by this.
    private const int MostIdle = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, Bucket> _buckets = [];
    private readonly MonotonicClock _clock;
    private readonly long _start;
    private int _sweepAt = MostIdle;

    public RunNowBudget(TimeProvider time)
    {
        _clock = new MonotonicClock(time);
        _start = _clock.Now;
    }

    /// <summary>How many tenants are remembered.</summary>
    public int Count => _buckets.Count;

    /// <summary>Takes one request out of a tenant's bucket.</summary>
    /// <returns>Null when it is allowed, else how long to wait.</returns>
    public Duration? Take(TenantId tenant, RunRate rate)
    {
        // The rate counts in instants, of which only the differences matter.
        var now = NodaConstants.UnixEpoch + _clock.Between(_start, _clock.Now);
        lock (_gate)
        {
            ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, tenant, out var exists);
            if (!exists || bucket.Rate != rate)
                bucket = new Bucket { Rate = rate };
            if (rate.HeldUntil(bucket.FullAt, now) is { } free)
                return free - now;
            bucket.FullAt = rate.Take(bucket.FullAt, now);
            DropFull(now);
            return null;
        }
    }

    private void DropFull(Instant now)
    {
        if (_buckets.Count < _sweepAt)
            return;
        foreach (var (tenant, bucket) in _buckets)
        {
            if (bucket.FullAt <= now)
                _buckets.Remove(tenant);
        }
        // At least as many again before the next look, so that the looks cost little each.
        _sweepAt = Math.Max(MostIdle, 2 * _buckets.Count);
    }

    private struct Bucket
    {
        public RunRate Rate;
        public Instant? FullAt;
    }
}
