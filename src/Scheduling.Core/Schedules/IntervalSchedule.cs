using NodaTime;

namespace Scheduling.Schedules;

/// <summary>A fixed grid through the job's anchor. Made by <see cref="Schedule.Interval"/>.</summary>
/// <remarks>The grid never moves: neither a late run nor a pause nor a restart shifts it.</remarks>
public sealed record IntervalSchedule : Schedule
{
    internal IntervalSchedule(Duration every)
    {
        if (every < Duration.FromSeconds(1) || every.NanosecondOfDay % NodaConstants.NanosecondsPerSecond != 0)
            throw new ArgumentOutOfRangeException(nameof(every), every, "Allowed are whole seconds, at least 1.");
        Every = every;
    }

    /// <inheritdoc/>
    public override ScheduleKind Kind => ScheduleKind.Interval;

    /// <summary>The period: whole seconds, at least 1.</summary>
    public Duration Every { get; }

    internal override Duration LongestSpread => Every;

    /// <inheritdoc/>
    public override Instant? NextAfter(Instant after, in ScheduleContext context) => GridOf(context).NextAfter(after);

    /// <inheritdoc/>
    public override Instant? LatestAtOrBefore(Instant at, in ScheduleContext context) => GridOf(context).LatestAtOrBefore(at);

    /// <inheritdoc/>
    public override Instant AnchorFor(Instant createdAt)
    {
        // Past the end of time the second itself lies on the same grid.
        Instant second = createdAt.FloorToSecond();
        return InstantMath.FromSecondOrNull(second.ToUnixTimeSeconds() + Every.WholeSeconds()) ?? second;
    }

    /// <inheritdoc/>
    public override Instant? InitialLastSlot(Instant createdAt) => createdAt.FloorToSecond();

    internal SlotGrid GridOf(in ScheduleContext context) => new(context.Anchor.ToUnixTimeSeconds(), Every.WholeSeconds());

    private protected override long CountSlotsCore(Instant first, Instant last, in ScheduleContext context, long limit) =>
        GridOf(context).Count(first, last, limit);

    private protected override string DescribeRhythm(ScheduleContext? context) => context is { Anchor: var anchor }
        ? $"{EnglishDuration.EveryOf(Every)}, counted from {EnglishTime.Utc(anchor)}"
        : $"{EnglishDuration.EveryOf(Every)}, counted from the job's anchor";
}
