namespace Scheduling.Schedules;

/// <summary>
/// The polling intervals. The numbers are stored and never change meaning; the default is <see cref="Disabled"/>.
/// In JSON an interval is its upper-case name with underscores, such as <c>ONE_DAY</c>.
/// </summary>
public enum PollingInterval : byte
{
    /// <summary>No scheduled runs; run-now works. Wire name <c>DISABLED</c>.</summary>
    Disabled = 0,

    /// <summary>Every 15 minutes from the anchor. Wire name <c>FIFTEEN_MINUTES</c>.</summary>
    FifteenMinutes = 1,

    /// <summary>Every 30 minutes from the anchor. Wire name <c>THIRTY_MINUTES</c>.</summary>
    ThirtyMinutes = 2,

    /// <summary>Every hour from the anchor. Wire name <c>ONE_HOUR</c>.</summary>
    OneHour = 3,

    /// <summary>Every 4 hours from the anchor. Wire name <c>FOUR_HOURS</c>.</summary>
    FourHours = 4,

    /// <summary>Every 8 hours from the anchor. Wire name <c>EIGHT_HOURS</c>.</summary>
    EightHours = 5,

    /// <summary>Every 12 hours from the anchor. Wire name <c>TWELVE_HOURS</c>.</summary>
    TwelveHours = 6,

    /// <summary>Once a day: every 24 hours from the anchor, or in the hour that is pinned. Wire name <c>ONE_DAY</c>.</summary>
    OneDay = 7,

    /// <summary>Once a week: every 7 days from the anchor, or on the weekday and in the hour that are pinned. Wire name <c>ONE_WEEK</c>.</summary>
    OneWeek = 8,
}
