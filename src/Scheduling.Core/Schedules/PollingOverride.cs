namespace Scheduling.Schedules;

/// <summary>
/// When in the day or week a polling job should run: an hour and a weekday in UTC, each optional
/// (<c>pollingIntervalCronExpression</c> in JSON). The default value has neither, which is the document <c>{}</c>; it behaves as no override but is kept apart from it.
/// </summary>
/// <remarks>
/// An override is stored with every interval and comes back unchanged. <see cref="PollingInterval.OneDay"/> applies the hour, <see cref="PollingInterval.OneWeek"/> both,
/// the others none; kept values apply again when the interval supports them.
/// </remarks>
public readonly record struct PollingOverride
{
    // One more than the value, so that the default means absent and a schedule of a million jobs stays small.
    private readonly byte _hourPlusOne;
    private readonly byte _dayPlusOne;

    /// <summary>An override from an optional hour and weekday.</summary>
    /// <param name="hour">0-23 in UTC, or null for none; 0 and null differ.</param>
    /// <param name="dayOfWeek">0 (Sunday) to 6 (Saturday) in UTC, or null for none; 0 and null differ.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range; the exception names it.</exception>
    public PollingOverride(int? hour = null, int? dayOfWeek = null)
    {
        _hourPlusOne = PlusOne(hour, 23, nameof(hour), "an hour from 0 to 23 (UTC)");
        _dayPlusOne = PlusOne(dayOfWeek, 6, nameof(dayOfWeek), "a weekday from 0 (Sunday) to 6 (Saturday)");
    }

    /// <summary>The hour in UTC, 0-23, or null for none.</summary>
    public int? Hour => _hourPlusOne == 0 ? null : _hourPlusOne - 1;

    /// <summary>The weekday in UTC, 0 (Sunday) to 6 (Saturday), or null for none.</summary>
    public int? DayOfWeek => _dayPlusOne == 0 ? null : _dayPlusOne - 1;

    private static byte PlusOne(int? value, int max, string name, string allowed)
    {
        if (value < 0 || value > max) throw new ArgumentOutOfRangeException(name, value, $"Allowed is {allowed}, or nothing.");
        return value is null ? (byte)0 : (byte)(value + 1);
    }
}
