using NodaTime;

namespace Scheduling.Running;

/// <summary>Measures how long things take and when to look again, by the time provider's monotonic clock: no step of the wall clock moves it.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly double _stampsPerTick = time.TimestampFrequency / (double)TimeSpan.TicksPerSecond;

    public TimeProvider Time { get; } = time;

    public long Now => Time.GetTimestamp();

    public long After(long stamp, Duration wait) => stamp + (long)(wait.TotalTicks * _stampsPerTick);

    public Duration Since(long stamp) => Between(stamp, Now);

    public Duration Between(long from, long to) => Duration.FromTicks((to - from) / _stampsPerTick);
}
