namespace Scheduling.Running;

/// <summary>The claims of this process that are on their way. Where the store can use it there are up to two at once: one is decided here while the other is with the store.</summary>
/// <remarks>The tick's alone, but for <see cref="HasRoom"/>.</remarks>
internal sealed class ClaimFlights(bool mayOverlap, int maximum, EngineRuntime runtime) : IDisposable
{
    private readonly List<ClaimFlight> _flights = new(2);
    private readonly CancellationTokenSource _givenUp = new();
    private TaskCompletionSource? _room;

    public int Count => _flights.Count;

    /// <summary>Fires when the process waits no longer for its claims. They outlive the tick that sent them: a stop must not lose answers that are about to come.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    public ClaimNumbers Numbers { get; } = new();

    /// <summary>The most that one claim asks for: half of the places where another may go out beside it.</summary>
    public int MostPlaces { get; } = mayOverlap ? (maximum + 1) / 2 : maximum;

    /// <summary>Whether a claim may go out beside those on their way. A second one must be worth it: it is as great as a first one may be.</summary>
    public bool MayGoOut(int unasked) => Count == 0 || (mayOverlap && Count == 1 && unasked >= MostPlaces);

    /// <summary>From when a lease counts that a claim proves which goes out now.</summary>
    public long LeaseFrom(long now) => Count == 0 ? now : Math.Min(now, _flights[0].LeaseFrom);

    public void Add(ClaimFlight flight) => _flights.Add(flight);

    public void Answered(ClaimFlight flight)
    {
        _flights.Remove(flight);
        Numbers.Answered(flight.Number);
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
        if (Answered() is { } answered)
            return answered;
        if (!mayOverlap || Count > 1)
        {
            await Task.WhenAny(_flights.Select(static flight => flight.Answer)).WaitAsync(ct).ConfigureAwait(false);
            return Answered();
        }
        var room = runtime.CreateSleeper();
        Volatile.Write(ref _room, room);
        Interlocked.MemoryBarrier();
        if (!mayGoOut())
            await Task.WhenAny(_flights[0].Answer, room.Task).WaitAsync(ct).ConfigureAwait(false);
        Volatile.Write(ref _room, null);
        return Answered();
    }

    /// <summary>Places have become free, or there is news from the store. Called on any thread.</summary>
    /// <param name="unasked">How many are free that no claim asks for.</param>
    public void HasRoom(int unasked)
    {
        if (mayOverlap && unasked >= MostPlaces)
            Volatile.Read(ref _room)?.TrySetResult();
    }

    public void GiveUp() => _givenUp.Cancel();

    public void Dispose() => _givenUp.Dispose();

    /// <summary>All that are on their way.</summary>
    public IReadOnlyList<ClaimFlight> All() => [.. _flights];

    private ClaimFlight? Answered() => _flights.Find(static flight => flight.Answer.IsCompleted);
}
