using NodaTime;

namespace Scheduling.Running;

/// <summary>The graceful stop, step by step; it has the tick to itself.</summary>
internal sealed class EngineStop(SchedulerEngine engine, RunTable table, DeadlineWatch deadlines, WakeSignal signal, MonotonicClock clock)
{
    private static readonly Duration LastWords = Duration.FromSeconds(2);

    private bool _hasReported;

    public async Task RunAsync(Duration cancelAfter, CancellationToken ct)
    {
        await HearClaimsAsync(ct).ConfigureAwait(false);
        table.HandBackQueued();
        await DrainAsync(clock.After(clock.Now, cancelAfter), ct).ConfigureAwait(false);
        deadlines.Cancel(static _ => true, RunCancelReason.Stopping);
        await DrainAsync(long.MaxValue, ct).ConfigureAwait(false);
        table.HandBackRunning();
        await LeaveAsync().ConfigureAwait(false);
    }

    /// <summary>Claims that are on their way are answered soon, and what they bring is handed back unbegun. One that is not is given up: its answer is lost, and the leaving hands back what it took.</summary>
    private async Task HearClaimsAsync(CancellationToken ct)
    {
        using var limit = new CallDeadline(LastWords, clock.Time, ct);
        using var over = limit.Token.UnsafeRegister(static engine => ((SchedulerEngine)engine!).GiveUpClaims(), engine);
        if (await engine.HearClaimsAsync(CancellationToken.None).ConfigureAwait(false) is { } failure and not OperationCanceledException)
            Report(failure);
    }

    /// <summary>Writes results as runs end, until none is left, the time is over or the host wants its end.</summary>
    private async Task DrainAsync(long until, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && clock.Now < until)
        {
            await TryAsync(engine.SettleAsync, ct).ConfigureAwait(false);
            if (table.Places.IsIdle)
                return;
            var wait = until == long.MaxValue ? engine.Options.RenewInterval : Duration.Min(clock.Between(clock.Now, until), engine.Options.RenewInterval);
            try
            {
                await signal.WaitAsync(wait, ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The last results and the end of the lease; a store that does not answer now leaves both to the lease's end.</summary>
    private async Task LeaveAsync()
    {
        using var limit = new CallDeadline(LastWords, clock.Time, CancellationToken.None);
        var hasLeft = await TryAsync(engine.SettleAsync, limit.Token).ConfigureAwait(false) && await TryAsync(LeaveAsync, limit.Token).ConfigureAwait(false);
        if (!hasLeft && !_hasReported)
            engine.StopFailed(new TimeoutException($"The store did not answer within the last {LastWords.TotalSeconds:0} s of the stop."));
    }

    private async ValueTask<int> LeaveAsync(CancellationToken ct)
    {
        await engine.LeaveAsync(ct).ConfigureAwait(false);
        return 0;
    }

    private async Task<bool> TryAsync(Func<CancellationToken, ValueTask<int>> step, CancellationToken ct)
    {
        try
        {
            await step(ct).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure)
        {
            Report(failure);
            return false;
        }
    }

    private void Report(Exception failure)
    {
        if (!_hasReported)
            engine.StopFailed(failure);
        _hasReported = true;
    }
}
