using NodaTime;

namespace Scheduling.Schedules;

/// <summary>A single slot. Made by <see cref="Schedule.Once"/>.</summary>
public sealed record OnceSchedule : Schedule
{
    internal OnceSchedule(Instant at) => At = Instant.FromUnixTimeSeconds(Math.Min(at.CeilingSecond(), InstantMath.MaxSecond));

    /// <inheritdoc/>
    public override ScheduleKind Kind => ScheduleKind.Once;

    /// <summary>The slot: the instant that was given, rounded up to a whole second.</summary>
    public Instant At { get; }

    /// <inheritdoc/>
    public override Instant? NextAfter(Instant after, in ScheduleContext context) => At > after ? At : null;

    /// <inheritdoc/>
    public override Instant? LatestAtOrBefore(Instant at, in ScheduleContext context) => At <= at ? At : null;

    /// <inheritdoc/>
    public override Instant? FirstDue(Instant now, Instant? lastSlot, in ScheduleContext context) => lastSlot is null || At > lastSlot ? At : null;

    private protected override long CountSlotsCore(Instant first, Instant last, in ScheduleContext context, long limit) => At >= first && At <= last ? 1 : 0;

    private protected override string DescribeRhythm(ScheduleContext? context) => $"Once, at {EnglishTime.Utc(At)}";
}
