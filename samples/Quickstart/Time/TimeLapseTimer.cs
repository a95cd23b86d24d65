namespace Quickstart.Time;

/// <summary>A timer whose times are those of a <see cref="TimeLapse"/>.</summary>
internal sealed class TimeLapseTimer(TimeLapse clock, ITimer real) : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period) => real.Change(clock.ToReal(dueTime), clock.ToReal(period));

    public void Dispose() => real.Dispose();

    public ValueTask DisposeAsync() => real.DisposeAsync();
}
