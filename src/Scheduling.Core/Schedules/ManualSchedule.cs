using NodaTime;

namespace Scheduling.Schedules;

/// <summary>No slots of its own. The one instance is <see cref="Schedule.Manual"/>; an empty schedule with a spread is another.</summary>
public sealed record ManualSchedule : Schedule
{
    internal ManualSchedule()
    {
    }

    /// <inheritdoc/>
    public override ScheduleKind Kind => ScheduleKind.Manual;

    /// <inheritdoc/>
    public override Instant? NextAfter(Instant after, in ScheduleContext context) => null;

    /// <inheritdoc/>
    public override Instant? LatestAtOrBefore(Instant at, in ScheduleContext context) => null;

    private protected override long CountSlotsCore(Instant first, Instant last, in ScheduleContext context, long limit) => 0;

    private protected override string DescribeRhythm(ScheduleContext? context) => "Only when somebody runs it";
}
