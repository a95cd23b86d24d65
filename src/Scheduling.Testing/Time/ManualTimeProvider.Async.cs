using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Scheduling.Testing;

/// <content>Advancing while work goes on elsewhere.</content>
public sealed partial class ManualTimeProvider
{
    /// <summary>How long, in real time, a test waits for work that should end by itself before it says that it hangs. No test depends on it to pass.</summary>
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(60);

    /// <summary>Advances as <see cref="Advance"/> does, and lets the work that each timer set off come to rest before the next one fires.</summary>
    /// <remarks>
    /// Work on the thread pool cannot be seen from outside, least of all while other tests use the same pool. So the test says what rest is (the engine waits for its next wake and
    /// nothing is unsettled), and the advance gives way to other work until it is so, without sleeping: how fast the machine is makes no difference to what happens in which order.
    /// What the test asks must have turned false when the timer's callback returns, else the answer comes too early. A count of armed timers does: a loop that waits has one, a loop
    /// that was woken has none until it waits again.
    /// </remarks>
    /// <param name="by">How far; not negative.</param>
    /// <param name="atRest">Whether the work has come to rest; asked on a pool thread, often.</param>
    /// <param name="restText">Filled in by the compiler: how the test wrote <paramref name="atRest"/>.</param>
    /// <returns>How many timers fired.</returns>
    /// <exception cref="TimeoutException">The work did not come to rest for a minute of real time.</exception>
    public Task<int> AdvanceAsync(TimeSpan by, Func<bool> atRest, [CallerArgumentExpression(nameof(atRest))] string restText = "")
    {
        ArgumentNullException.ThrowIfNull(atRest);
        var target = TargetOf(by);
        return Task.Run(async () =>
        {
            var fired = 0;
            await RestAsync(atRest, restText).ConfigureAwait(false);
            for (; FireNext(target); fired++)
                await RestAsync(atRest, restText).ConfigureAwait(false);
            await RestAsync(atRest, restText).ConfigureAwait(false);
            return fired;
        });
    }

    /// <summary>Advances from timer to timer, with rest in between, until something is so.</summary>
    /// <param name="reached">What the test waits for; asked at rest.</param>
    /// <param name="atRest">Whether the work has come to rest; see <see cref="AdvanceAsync"/>.</param>
    /// <param name="most">How far to advance at most.</param>
    /// <param name="reachedText">Filled in by the compiler: how the test wrote <paramref name="reached"/>.</param>
    /// <param name="restText">Filled in by the compiler: how the test wrote <paramref name="atRest"/>.</param>
    /// <returns>A task that ends when it is so.</returns>
    /// <exception cref="TimeoutException">It was not so within <paramref name="most"/>, or the work did not come to rest.</exception>
    public Task AdvanceUntilAsync(
        Func<bool> reached,
        Func<bool> atRest,
        TimeSpan most,
        [CallerArgumentExpression(nameof(reached))] string reachedText = "",
        [CallerArgumentExpression(nameof(atRest))] string restText = "")
    {
        ArgumentNullException.ThrowIfNull(reached);
        ArgumentNullException.ThrowIfNull(atRest);
        var target = TargetOf(most);
        return Task.Run(async () =>
        {
            await RestAsync(atRest, restText).ConfigureAwait(false);
            while (!reached())
            {
                var fired = FireNext(target);
                await RestAsync(atRest, restText).ConfigureAwait(false);
                if (!fired && !reached())
                    throw new TimeoutException($"After {most} of virtual time it is {Now} and this is still not so: {reachedText}");
            }
        });
    }

    /// <summary>Gives way to other work, without moving time, until something is so.</summary>
    /// <param name="condition">What the test waits for; asked on a pool thread, often.</param>
    /// <param name="text">Filled in by the compiler: how the test wrote <paramref name="condition"/>.</param>
    /// <returns>A task that ends when it is so.</returns>
    /// <exception cref="TimeoutException">It was not so for a minute of real time.</exception>
    public Task UntilAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Task.Run(() => RestAsync(condition, text));
    }

    private async Task RestAsync(Func<bool> atRest, string text)
    {
        // Yield, unlike a forced ConfigureAwait, queues behind the pool's other work: what a timer set off is not starved by the question whether it has ended.
        var since = Stopwatch.GetTimestamp();
        while (!atRest())
        {
            if (Stopwatch.GetElapsedTime(since) > HangsAfter)
                throw new TimeoutException($"For {HangsAfter} of real time, at {Now} of virtual time, this has not become true: {text}");
            await Task.Yield();
        }
    }
}
