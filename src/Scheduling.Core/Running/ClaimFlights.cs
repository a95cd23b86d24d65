namespace Scheduling.Running;

/// <summary>The claims of this process that are on their way. Where the store can use it there are up to two at once: one is decided here while the other is with the store.</summary>
/// <remarks>The tick's alone, but for <see cref="TellOfRoom"/>.</remarks>
internal sealed class ClaimFlights(bool mayOverlap, int maximum, EngineRuntime runtime) : IDisposable
{
    /// <summary>So many claims in a row that found nothing beside another one show that there is nothing to overlap: one turn has all the work.</summary>
    private const int InVainAtMost = 3;

    /// <summary>For so many claims none goes out beside another then.</summary>
    private const int AloneFor = 32;

    private readonly List<ClaimFlight> _flights = new(2);
    private readonly CancellationTokenSource _givenUp = new();
    private TaskCompletionSource? _room;
    private int _inVain;
    private int _alone;

    public int Count => _flights.Count;

    /// <summary>Fires when the process waits no longer for its claims. They outlive the tick that sent them: a stop must not lose answers that are about to come.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    public ClaimNumbers Numbers { get; } = new();

    /// <summary>The most that one claim asks for: half of the places where another may go out beside it.</summary>
    public int MostPlaces => Overlaps ? (maximum + 1) / 2 : maximum;

    /// <summary>Whether the store can use claims that overlap; if not, nobody need be told of room.</summary>
    public bool MayOverlap => mayOverlap;

    private bool Overlaps => mayOverlap && Volatile.Read(ref _alone) == 0;

    /// <summary>Whether a claim may go out beside those on their way. A second one must be worth it.</summary>
    public bool MayGoOut(int unasked) => Count == 0 || (Count == 1 && IsWorthIt(unasked));

    /// <summary>From when a lease counts that a claim proves which goes out now: the store may take it before the one that is on its way.</summary>
    public long LeaseFrom(long now) => Count == 0 ? now : Math.Min(now, _flights[0].Sent);

    public void Add(ClaimFlight flight)
    {
        if (_alone > 0)
            Volatile.Write(ref _alone, _alone - 1);
        _flights.Add(flight);
    }

    public void Answered(ClaimFlight flight, int runs)
    {
        _flights.Remove(flight);
        Numbers.Answered(flight.Number);
        if (!flight.IsBeside)
            return;
        _inVain = runs == 0 ? _inVain + 1 : 0;
        if (_inVain < InVainAtMost)
            return;
        _inVain = 0;
        Volatile.Write(ref _alone, AloneFor);
    }

    public void Failed(ClaimFlight flight)
    {
        _flights.Remove(flight);
        Numbers.Failed(flight.Number);
    }

    /// <summary>Waits until a claim is answered or has failed.</summary>
    /// <param name="mayGoOut">Whether another claim may go out by now, asked once more before the wait begins.</param>
    /// <param name="ct">Ends the wait, not the claims.</param>
    /// <returns>The claim; null when there is room for another one.</returns>
    public async ValueTask<ClaimFlight?> NextAsync(Func<bool> mayGoOut, CancellationToken ct)
    {
        if (FirstAnswered() is { } answered)
            return answered;
        if (!Overlaps || Count > 1)
        {
            await Task.WhenAny(_flights.Select(static flight => flight.Answer)).WaitAsync(ct).ConfigureAwait(false);
            return FirstAnswered();
        }
        var room = runtime.CreateSleeper();
        Volatile.Write(ref _room, room);
        Interlocked.MemoryBarrier();
        if (!mayGoOut())
            await Task.WhenAny(_flights[0].Answer, room.Task).WaitAsync(ct).ConfigureAwait(false);
        Volatile.Write(ref _room, null);
        return FirstAnswered();
    }

    /// <summary>Places have become free, or there is news from the store. Called on any thread.</summary>
    /// <param name="unasked">How many are free that no claim asks for.</param>
    public void TellOfRoom(int unasked)
    {
        if (IsWorthIt(unasked))
            Volatile.Read(ref _room)?.TrySetResult();
    }

    public void GiveUp() => _givenUp.Cancel();

    public void Dispose() => _givenUp.Dispose();

    /// <summary>All that are on their way.</summary>
    public IReadOnlyList<ClaimFlight> All() => [.. _flights];

    private bool IsWorthIt(int unasked) => Overlaps && unasked >= Math.Max(1, 3 * maximum / 8);

    private ClaimFlight? FirstAnswered() => _flights.Find(static flight => flight.Answer.IsCompleted);
}
