using NodaTime;

namespace Scheduling.Testing.Tests.Time;

public class ManualTimeProviderTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 4, 15, 30, 20);
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Advance_WithoutTimers_MovesBothClocks()
    {
        var before = _time.GetTimestamp();

        Assert.Equal(0, _time.Advance(TimeSpan.FromTicks(12_345_678_901)));

        Assert.Equal(Start.PlusTicks(12_345_678_901), _time.Now);
        Assert.Equal(TimeSpan.FromTicks(12_345_678_901), _time.GetElapsedTime(before));
        Assert.Equal(TimeSpan.Zero, _time.GetUtcNow().Offset);
    }

    [Fact]
    public void Advance_SeveralTimers_FireInDueOrderAtTheirDueTimes()
    {
        Log("c", 3);
        Log("a", 1);
        Log("b", 2);
        Log("later", 11);

        Assert.Equal(3, _time.Advance(TimeSpan.FromSeconds(10)));

        Assert.Equal(["a@1", "b@2", "c@3"], _log);
        Assert.Equal(Start + Duration.FromSeconds(10), _time.Now);
        Assert.Equal(Start + Duration.FromSeconds(11), _time.NextTimerDue);
    }

    [Fact]
    public void Advance_TimersDueTogether_FireInTheOrderTheyWereMade()
    {
        var first = Timer("first", Timeout.InfiniteTimeSpan);
        Log("second", 5);
        Log("third", 5);
        first.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["first@5", "second@5", "third@5"], _log);
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresOnceAPeriod()
    {
        using var timer = _time.CreateTimer(_ => Note("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["tick@1", "tick@4", "tick@7", "tick@10"], _log);
    }

    [Fact]
    public void Advance_CallbackArmsTimers_TheyFireInTheSameAdvance()
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(_ => Again(), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        Log("between", 5);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["again@2", "again@4", "between@5", "again@6"], _log);

        void Again()
        {
            Note("again");
            timer!.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        }
    }

    [Fact]
    public void Advance_CallbackStopsAnotherTimer_ItDoesNotFire()
    {
        ITimer? victim = null;
        using var killer = _time.CreateTimer(_ => victim!.Dispose(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        victim = Timer("victim", TimeSpan.FromSeconds(1));

        Assert.Equal(1, _time.Advance(TimeSpan.FromHours(1)));

        Assert.Empty(_log);
        Assert.False(victim.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void CreateTimer_DueAtOnce_FiresOnTheNextAdvanceOnly()
    {
        Log("now", 0);
        Assert.Empty(_log);

        Assert.Equal(1, _time.Advance(TimeSpan.Zero));

        Assert.Equal(["now@0"], _log);
    }

    [Fact]
    public void Advance_TimerThatNeverLetsTimeMove_IsReported()
    {
        ITimer? timer = null;
        timer = _time.CreateTimer(_ => timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.Contains("no delay", Assert.Throws<InvalidOperationException>(() => _time.Advance(TimeSpan.FromSeconds(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Jump_Forward_MovesTheWallClockOnlyAndFiresNothing()
    {
        Log("timer", 60);

        _time.Jump(TimeSpan.FromHours(1));

        Assert.Empty(_log);
        Assert.Equal(Start + Duration.FromHours(1), _time.Now);
        Assert.Equal(Duration.Zero, _time.Elapsed);
        Assert.Equal(Start + Duration.FromSeconds(3660), _time.NextTimerDue);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(_log);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_log);
    }

    [Fact]
    public void Jump_Back_TimersStillFireAfterTheirDelay()
    {
        Log("timer", 60);
        _time.Jump(TimeSpan.FromHours(-2));

        Assert.Equal(1, _time.AdvanceTo(Start - Duration.FromHours(2) + Duration.FromSeconds(60)));
    }

    [Fact]
    public void AdvanceTo_BothForms_StopThere()
    {
        _time.AdvanceTo(Start + Duration.FromDays(1));
        _time.AdvanceTo(Start.ToDateTimeOffset().AddDays(400));

        Assert.Equal(Start + Duration.FromDays(400), _time.Now);
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AdvanceTo(Start));
        Assert.Equal("by", Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1))).ParamName);
    }

    [Fact]
    public void RequestedDelays_ListsDelaysAndPeriodsButNotTheInfiniteOnes()
    {
        using var one = _time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        using var two = _time.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        one.Change(TimeSpan.FromDays(20), Timeout.InfiniteTimeSpan);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromDays(20)], _time.RequestedDelays);
    }

    [Theory]
    [InlineData(-2L)]
    [InlineData(4_294_967_295L)]
    public void CreateTimer_DelayARealTimerRefuses_IsRefused(long milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan));

    [Fact]
    public void Advance_CallbackThrows_ComesOutAndTimeStandsThere()
    {
        using var timer = _time.CreateTimer(_ => throw new InvalidOperationException("from the callback"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        Assert.Equal("from the callback", Assert.Throws<InvalidOperationException>(() => _time.Advance(TimeSpan.FromSeconds(10))).Message);
        Assert.Equal(Duration.FromSeconds(3), _time.Elapsed);
    }

    [Fact]
    public void Fire_RunsInTheContextOfTheTimersMakerAndOnTheAdvancingThread()
    {
        var local = new AsyncLocal<string> { Value = "maker" };
        using var timer = _time.CreateTimer(_ => _log.Add($"{local.Value} {Environment.CurrentManagedThreadId} {SynchronizationContext.Current is null}"), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        local.Value = "advancer";
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            _time.Advance(TimeSpan.Zero);
            Assert.NotNull(SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Equal([$"maker {Environment.CurrentManagedThreadId} True"], _log);
        Assert.Equal("advancer", local.Value);
    }

    [Fact]
    public async Task TaskDelayAndCancellation_FollowTheClock()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(5), _time, TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMinutes(10), _time);

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await delay;
        Assert.False(cancel.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(cancel.IsCancellationRequested);
    }

    [Fact]
    public async Task AdvanceAsync_WorkOnThePool_RestsBeforeTheNextTimerFires()
    {
        using var stop = new CancellationTokenSource();
        var loop = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None);
                    for (var hop = 0; hop < 20; hop++)
                        await Task.Yield();
                    Note("step");
                }
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(60, await _time.AdvanceAsync(TimeSpan.FromMinutes(1), () => _time.ArmedTimers == 1));

        Assert.Equal([.. Enumerable.Range(1, 60).Select(second => $"step@{second}")], _log);
        await stop.CancelAsync();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1), () => loop.IsCompleted || _time.ArmedTimers == 1);
        await loop;
    }

    [Fact]
    public async Task AdvanceUntilAsync_StopsAtTheTimerThatMakesItSo()
    {
        Log("one", 10);
        Log("two", 20);
        Log("three", 30);

        await _time.AdvanceUntilAsync(() => _log.Count == 2, static () => true, TimeSpan.FromHours(1));

        Assert.Equal(Duration.FromSeconds(20), _time.Elapsed);
        var missed = await Assert.ThrowsAsync<TimeoutException>(() => _time.AdvanceUntilAsync(() => _log.Count == 4, static () => true, TimeSpan.FromHours(1)));
        Assert.Contains("_log.Count == 4", missed.Message, StringComparison.Ordinal);
        Assert.Equal(Duration.FromSeconds(3620), _time.Elapsed);
    }

    [Fact]
    public async Task Advance_FromManyThreads_FiresEveryTimerOnce()
    {
        var fired = 0;
        for (var i = 0; i < 1_000; i++)
            _time.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromMilliseconds(i), Timeout.InfiniteTimeSpan);

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _time.Advance(TimeSpan.FromMilliseconds(250)))));

        _time.AdvanceTo(Start + Duration.FromSeconds(1));
        Assert.Equal(1_000, fired);
        Assert.InRange(counts.Sum(), 250, 1_000);
        Assert.Equal(0, _time.ArmedTimers);
    }

    private void Log(string name, int seconds) => Timer(name, TimeSpan.FromSeconds(seconds));

    private ITimer Timer(string name, TimeSpan due) => _time.CreateTimer(_ => Note(name), null, due, Timeout.InfiniteTimeSpan);

    private void Note(string what)
    {
        lock (_log)
            _log.Add($"{what}@{_time.Elapsed.TotalSeconds:0}");
    }
}
