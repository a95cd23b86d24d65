using NodaTime;

namespace Scheduling.Testing;

/// <content>Moving time.</content>
public sealed partial class SchedulingHarness
{
    /// <summary>Goes on until the clock shows a time, with everything that happens on the way.</summary>
    /// <param name="time">The time; not before now.</param>
    /// <returns>When everything has come to rest at that time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time has passed.</exception>
    /// <exception cref="TimeoutException">User code is stuck; see <see cref="HarnessOptions.RealTimeLimit"/>.</exception>
    public Task AdvanceToAsync(Instant time) => AdvanceByAsync(time - Now);

    /// <summary>Goes on for a while, with everything that happens on the way. Zero does what is due now.</summary>
    /// <param name="by">How long; not negative.</param>
    /// <returns>When everything has come to rest at that time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    /// <exception cref="TimeoutException">User code is stuck; see <see cref="HarnessOptions.RealTimeLimit"/>.</exception>
    public Task AdvanceByAsync(Duration by) => _driver.DriveAsync(TargetOf(by), isReached: null);

    /// <summary>Goes on until no execution is open, no longer than that takes: what is due now or was asked for has ended, retries and lost nodes included. Time stands when nothing of it takes any.</summary>
    /// <param name="most">How far to go at most; null for a day.</param>
    /// <returns>When nothing is open.</returns>
    /// <exception cref="TimeoutException">Something is still open after <paramref name="most"/>, or user code is stuck.</exception>
    public Task RunUntilIdleAsync(Duration? most = null) => AdvanceUntilAsync(IsIdleAsync, most, "no execution is open");

    /// <summary>Goes on until something is so.</summary>
    /// <param name="isReached">What the test waits for; asked whenever everything has come to rest.</param>
    /// <param name="most">How far to go at most; null for a day.</param>
    /// <returns>When it is so.</returns>
    /// <exception cref="TimeoutException">It is not so after <paramref name="most"/>, or user code is stuck.</exception>
    public Task AdvanceUntilAsync(Func<bool> isReached, Duration? most = null)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        return AdvanceUntilAsync(() => ValueTask.FromResult(isReached()), most, "what the test waits for is so");
    }

    private async Task AdvanceUntilAsync(Func<ValueTask<bool>> isReached, Duration? most, string what)
    {
        var far = most ?? Duration.FromDays(1);
        if (!await _driver.DriveAsync(TargetOf(far), isReached).ConfigureAwait(false))
            throw new TimeoutException($"After {far} of virtual time it is {Now}, and it cannot be said that {what}. What happened last:{Environment.NewLine}{string.Join(Environment.NewLine, Transcript.Lines(last: 40))}");
    }

    private async ValueTask<bool> IsIdleAsync() => (await _store.Claims.InspectAsync(default).ConfigureAwait(false)).OpenExecutions == 0;

    private long TargetOf(Duration by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, Duration.Zero);
        return Time.GetTimestamp() + by.BclCompatibleTicks;
    }
}
