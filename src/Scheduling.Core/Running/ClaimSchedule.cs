using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>When the next claim goes out: at once when half the places are free and work is left, soon when fewer are, else when the store said or the safety poll comes. Used by the tick alone, but for <see cref="Ended"/>.</summary>
internal sealed class ClaimSchedule(EngineOptions options, StoreCapabilities capabilities, MonotonicClock clock)
{
    /// <summary>How long a free place waits for company, so that claims are not made for one run each.</summary>
    private static readonly Duration Linger = Duration.FromMilliseconds(5);

    private const long NoRoom = long.MinValue;

    private readonly Duration _poll = capabilities.SendsWakes ? options.SafetyPollInterval : options.PollInterval;
    private long _next = long.MinValue;
    private long _roomSince = NoRoom;
    private bool _hasMore;
    private bool _isNarrowed;
    private long _youngest = long.MinValue;
    private Instant? _expected;
    private volatile bool _lacksPlaces;
    private volatile bool _isWoken;
    private volatile bool _hasRoom;

    /// <summary>The stamp at which to look next; now or earlier when a claim is due.</summary>
    public long Next(int free)
    {
        if (_isWoken || _hasMore || _isNarrowed)
            return long.MinValue;
        if (!_lacksPlaces || free == 0)
            return _next;
        if (_hasRoom)
            return long.MinValue;
        var since = Volatile.Read(ref _roomSince);
        return since == NoRoom ? _next : Math.Min(_next, clock.After(since, Linger));
    }

    /// <summary>Whether results need no call of their own: work waits for places, some are free, and the claim that comes within the linger takes the results along.</summary>
    public bool CarriesResults(int free) => _lacksPlaces && free > 0 && Volatile.Read(ref _roomSince) != NoRoom;

    /// <summary>Whether a claim beside one on its way is likely to find something.</summary>
    public bool ExpectsMore => _isWoken || _hasMore || _lacksPlaces;

    /// <summary>The store woke us: look even if nothing seems due.</summary>
    public void Wake() => _isWoken = true;

    /// <summary>A claim goes out: what wakes us from here on is news.</summary>
    /// <param name="isAlone">Whether no other is on its way.</param>
    public void Sending(bool isAlone)
    {
        if (isAlone)
            (_next, _isNarrowed) = (long.MaxValue, false);
        _isWoken = false;
        _hasRoom = false;
        Volatile.Write(ref _roomSince, NoRoom);
    }

    /// <summary>A claim was answered. Of claims that overlap, each may only bring the next look forward: an older view must not put off what a younger one saw.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="unasked">The free places that no claim asks for.</param>
    /// <returns>Whether there was work, or something was expected and did not come: then it may be stuck with a lost process; or nobody has looked for so long that it may be.</returns>
    public bool Answered(ClaimResponse response, ClaimFlight claim, int unasked)
    {
        var wasExpected = _expected <= response.StoreNow;

        // A lease that began and ended since the last look was never seen, and nobody expects its end.
        var wasAway = _youngest != long.MinValue && clock.Between(_youngest, claim.Sent) > options.LeaseDuration + options.RenewInterval;
        _expected = response.NextWake;

        // It may have asked for less than was free and got all of it; or another claim had asked for an executor's places and did not fill them.
        var isFilled = claim.Asked.Left > 0 && unasked > 0 && response.Runs.Count >= claim.Asked.Count;
        _hasMore = response.HasMore || (response.LacksPlaces && isFilled) || (_hasMore && claim.Sent < _youngest);
        _isNarrowed |= response.LacksPlaces && claim.Asked.IsNarrowed;
        _lacksPlaces = response.LacksPlaces || (_lacksPlaces && claim.Sent < _youngest);
        _youngest = Math.Max(_youngest, claim.Sent);
        var wait = response.NextWake is { } wake ? Duration.Min(wake - response.StoreNow, _poll) : _poll;
        _next = Math.Min(_next, clock.After(claim.Sent, Duration.Max(wait, Duration.Zero)));
        return wasExpected || wasAway || response.LacksPlaces || response.Runs.Count > 0;
    }

    /// <summary>A claim failed: whatever it was to find is still there.</summary>
    public void Failed() => _isWoken = true;

    /// <summary>A run ended and its place is free. Called on the runs' threads.</summary>
    /// <returns>Whether the tick is to look: not for each of many ends while work waits for places, because what they make free and their results go into one claim.</returns>
    public bool Ended(int free, int laneFree, ExecutorLane lane)
    {
        var isFirst = Volatile.Read(ref _roomSince) == NoRoom && Interlocked.CompareExchange(ref _roomSince, clock.Now, NoRoom) == NoRoom;
        if (IsHalfFree(free, options.MaxConcurrentRuns) || (lane.Maximum < options.MaxConcurrentRuns && IsHalfFree(laneFree, lane.Maximum)))
            _hasRoom = true;
        return isFirst || _hasRoom || !_lacksPlaces;
    }

    private static bool IsHalfFree(int free, int maximum) => 2 * free >= maximum;
}
