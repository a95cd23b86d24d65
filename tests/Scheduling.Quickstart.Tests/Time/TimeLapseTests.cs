using NodaTime;
using Quickstart.Time;
using Scheduling.TestKit;

namespace Quickstart.Tests.Time;

public class TimeLapseTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 18, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _real = new();

    [Fact]
    public void GetUtcNow_AfterARealMinute_IsADayLater()
    {
        var clock = new TimeLapse(_real, 1_440, Start);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Start.AddDays(1), clock.GetUtcNow());
    }

    [Fact]
    public void GetUtcNow_WithoutAStart_BeginsWithTheRealTime()
    {
        var clock = new TimeLapse(_real, 60);
        Assert.Equal(_real.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public void GetUtcNow_WithALocalStart_IsUtc()
    {
        var clock = new TimeLapse(_real, 60, new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.FromHours(2)));
        Assert.Equal((TimeSpan.Zero, 16), (clock.GetUtcNow().Offset, clock.GetUtcNow().Hour));
    }

    [Fact]
    public void GetUtcNow_WhenTheRealWallClockJumps_DoesNotFollow()
    {
        var clock = new TimeLapse(_real, 60, Start);
        _real.Jump(TimeSpan.FromHours(5));
        Assert.Equal(Start, clock.GetUtcNow());
    }

    [Fact]
    public void GetUtcNow_PastTheLastInstant_StaysThere()
    {
        var clock = new TimeLapse(_real, 10_080, DateTimeOffset.MaxValue.AddHours(-1));
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(DateTimeOffset.MaxValue, clock.GetUtcNow());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(1_440)]
    [InlineData(10_080)]
    public void GetElapsedTime_OverARealSecond_IsTheSpeedInSeconds(int speed)
    {
        var clock = new TimeLapse(_real, speed, Start);
        var stamp = clock.GetTimestamp();
        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(speed), clock.GetElapsedTime(stamp));
    }

    [Fact]
    public void GetTimestamp_OfAClockOfNanoseconds_IsExactAndDoesNotOverflow()
    {
        var clock = new TimeLapse(new Nanoseconds(), 10_080, Start);
        for (var day = 1L; day <= 400; day++)
            Assert.Equal(TimeSpan.FromDays(day * 10_080).Ticks, clock.GetTimestamp());
    }

    [Theory]
    [InlineData(1_440, 86_400_000, 60_000)]
    [InlineData(1_440, 1_440, 1)]
    [InlineData(1_440, 1_441, 2)]
    [InlineData(1_440, 1, 1)]
    [InlineData(1, 1_500, 1_500)]
    [InlineData(1_440, 0, 0)]
    [InlineData(1_440, -1, -1)]
    public void ToReal_OfMilliseconds_IsDividedBySpeedAndRoundedUp(int speed, int here, int real) =>
        Assert.Equal(TimeSpan.FromMilliseconds(real, 0), new TimeLapse(_real, speed).ToReal(TimeSpan.FromMilliseconds(here, 0)));

    [Fact]
    public void ToReal_OfATick_IsAWholeMillisecond() =>
        Assert.Equal(TimeSpan.FromMilliseconds(1, 0), new TimeLapse(_real, 1).ToReal(TimeSpan.FromTicks(1)));

    [Fact]
    public void ToReal_OfTheLongestTime_DoesNotOverflow() =>
        Assert.Equal(TimeSpan.MaxValue.TotalMilliseconds / 1_440, new TimeLapse(_real, 1_440).ToReal(TimeSpan.MaxValue).TotalMilliseconds, 1.0);

    [Theory]
    [InlineData(7_000)]
    [InlineData(3_600_000)]
    [InlineData(1_234_567)]
    public void CreateTimer_OnceDue_FiresAtOrAfterItsTimeAndNotAMillisecondLater(int milliseconds)
    {
        var clock = new TimeLapse(_real, 1_440, Start);
        var due = Start.AddMilliseconds(milliseconds);
        DateTimeOffset? fired = null;
        using var timer = clock.CreateTimer(_ => fired = clock.GetUtcNow(), null, due - Start, Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.InRange(fired!.Value, due, due.AddMilliseconds(1_440));
    }

    [Fact]
    public void CreateTimer_WithAPeriod_FiresEachPeriod()
    {
        var clock = new TimeLapse(_real, 1_440, Start);
        var fired = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        _real.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal([Start.AddHours(1), Start.AddHours(3), Start.AddHours(5)], fired);
    }

    [Fact]
    public void Change_ToALaterTime_MovesTheTimer()
    {
        var clock = new TimeLapse(_real, 1_440, Start);
        DateTimeOffset? fired = null;
        using var timer = clock.CreateTimer(_ => fired = clock.GetUtcNow(), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromHours(24), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Start.AddHours(24), fired);
    }

    [Fact]
    public void CreateTimer_Never_ArmsNothing()
    {
        using var timer = new TimeLapse(_real, 1_440).CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Assert.Equal(0, _real.ArmedTimers);
    }

    [Fact]
    public void Dispose_OfATimer_StopsTheRealOne()
    {
        var timer = new TimeLapse(_real, 1_440).CreateTimer(static _ => { }, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        timer.Dispose();
        Assert.Equal(0, _real.ArmedTimers);
    }

    [Fact]
    public async Task TaskDelay_OfAnHour_TakesTwoAndAHalfRealSeconds()
    {
        var delay = Task.Delay(TimeSpan.FromHours(1), new TimeLapse(_real, 1_440), TestContext.Current.CancellationToken);
        _real.Advance(TimeSpan.FromMilliseconds(2_499, 0));
        Assert.False(delay.IsCompleted);
        _real.Advance(TimeSpan.FromMilliseconds(1, 0));
        await delay;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void New_WithoutSpeed_IsRefused(int speed) => Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLapse(_real, speed));

    /// <summary>Counts in nanoseconds, as the system's clock does, and is a day further on each time it is asked.</summary>
    private sealed class Nanoseconds : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => _now += NodaConstants.NanosecondsPerDay;
    }
}
