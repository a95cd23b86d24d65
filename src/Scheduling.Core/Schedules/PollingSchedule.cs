using NodaTime;

namespace Scheduling.Schedules;

/// <summary>A polling interval with an optional override, in UTC. Made by <see cref="Schedule.Polling(PollingInterval, int?, int?)"/>.</summary>
/// <remarks>
/// Every combination is a grid. Unpinned it runs through the anchor. A pinned hour h makes a slot at h:00 with a window of an hour, over whose first 55 minutes jobs are spread,
/// so that lateness still fits; what is not pinned of weekday and time of day comes from the anchor.
/// </remarks>
public sealed record PollingSchedule : Schedule
{
    // The Unix epoch was a Thursday.
    private const long FirstSunday = 3 * InstantMath.SecondsPerDay;

    private static readonly Duration HourWindow = Duration.FromHours(1);
    private static readonly Duration RoomForLateness = Duration.FromMinutes(5);

    internal PollingSchedule(PollingInterval interval, PollingOverride? pollingOverride)
    {
        if (!PollingIntervalNames.IsKnown(interval))
            throw new ArgumentOutOfRangeException(nameof(interval), interval, $"Allowed are {string.Join(", ", PollingIntervalNames.All!)}.");
        Interval = interval;
        Override = pollingOverride;
    }

    /// <inheritdoc/>
    public override ScheduleKind Kind => ScheduleKind.Polling;

    /// <summary>How often.</summary>
    public new PollingInterval Interval { get; }

    /// <summary>Hour and weekday as they were given, also where the interval does not apply them; null for none.</summary>
    public PollingOverride? Override { get; }

    /// <summary>The hour that applies: that of the override when the interval is a day or a week, else null.</summary>
    internal int? PinnedHour => Interval >= PollingInterval.OneDay ? Override?.Hour : null;

    /// <summary>The weekday that applies: that of the override when the interval is a week, else null.</summary>
    internal int? PinnedDay => Interval == PollingInterval.OneWeek ? Override?.DayOfWeek : null;

    internal override Duration LongestSpread =>
        Duration.FromSeconds(Interval == PollingInterval.Disabled ? PollingInterval.OneWeek.Seconds() : Interval.Seconds());

    /// <inheritdoc/>
    public override Instant? NextAfter(Instant after, in ScheduleContext context) => GridOf(context)?.NextAfter(after);

    /// <inheritdoc/>
    public override Instant? LatestAtOrBefore(Instant at, in ScheduleContext context) => GridOf(context)?.LatestAtOrBefore(at);

    /// <inheritdoc/>
    public override Duration SpreadOf(in ScheduleContext context)
    {
        if (PinnedHour is not null) return OffsetWithin(HourWindow, Spread ?? HourWindow, context);
        if (PinnedDay is not null && Spread is { } spread) return OffsetWithin(RestOfDay(context.Anchor), spread, context);
        return base.SpreadOf(context);
    }

    /// <inheritdoc/>
    public override Instant? WindowEnd(Instant slot)
    {
        if (PinnedHour is not null) return slot.PlusSaturating(HourWindow);
        return PinnedDay is not null ? slot.PlusSaturating(RestOfDay(slot)) : null;
    }

    /// <inheritdoc/>
    public override Instant AnchorFor(Instant createdAt)
    {
        // Past the end of time the second itself lies on the same grid.
        Instant second = createdAt.FloorToSecond();
        return InstantMath.FromSecondOrNull(second.ToUnixTimeSeconds() + Interval.Seconds()) ?? second;
    }

    /// <inheritdoc/>
    public override Instant? InitialLastSlot(Instant createdAt) =>
        Interval != PollingInterval.Disabled && PinnedHour is null ? createdAt.FloorToSecond() : null;

    /// <summary>The grid of slots; null when polling is disabled.</summary>
    internal SlotGrid? GridOf(in ScheduleContext context) =>
        Interval == PollingInterval.Disabled ? null : new SlotGrid(OriginFrom(context.Anchor.ToUnixTimeSeconds()), Interval.Seconds());

    private protected override long CountSlotsCore(Instant first, Instant last, in ScheduleContext context, long limit) =>
        GridOf(context)?.Count(first, last, limit) ?? 0;

    private static Duration OffsetWithin(Duration window, Duration spread, in ScheduleContext context)
    {
        Duration room = window - RoomForLateness;
        if (room <= Duration.Zero) return Duration.Zero;
        return Offset(context.SpreadHash, Duration.Min(spread, room));
    }

    private static Duration RestOfDay(Instant instant) =>
        Duration.FromSeconds(InstantMath.SecondsPerDay - InstantMath.FloorModulo(instant.ToUnixTimeSeconds(), InstantMath.SecondsPerDay));

    /// <summary>One slot of the grid: the anchor, with its weekday and its time of day replaced by what is pinned.</summary>
    private long OriginFrom(long anchor)
    {
        long timeOfDay = InstantMath.FloorModulo(anchor, InstantMath.SecondsPerDay);
        long day = PinnedDay is { } weekday ? FirstSunday + (weekday * InstantMath.SecondsPerDay) : anchor - timeOfDay;
        return day + (PinnedHour is { } hour ? hour * (long)NodaConstants.SecondsPerHour : timeOfDay);
    }

    private protected override string DescribeRhythm(ScheduleContext? context) => PollingDescription.Of(this, context?.Anchor);
}
