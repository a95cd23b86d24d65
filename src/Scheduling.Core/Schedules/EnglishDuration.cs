using System.Globalization;
using NodaTime;

namespace Scheduling.Schedules;

/// <summary>Durations in words: <c>90 minutes</c>, <c>1 hour</c>.</summary>
internal static class EnglishDuration
{
    /// <summary>The largest unit that divides it, with a number: <c>36 hours</c>. For durations of more than zero in whole milliseconds.</summary>
    internal static string Of(Duration duration)
    {
        (long number, string unit) = InUnits(duration.WholeMilliseconds());
        return string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? string.Empty : "s")}");
    }

    /// <summary>As a frequency: <c>Every hour</c>, <c>Every 15 minutes</c>.</summary>
    internal static string EveryOf(Duration duration)
    {
        (long number, string unit) = InUnits(duration.WholeMilliseconds());
        return number == 1 ? $"Every {unit}" : string.Create(CultureInfo.InvariantCulture, $"Every {number} {unit}s");
    }

    /// <summary>Exact to the millisecond: <c>1 h 12 min 3.5 s</c>.</summary>
    internal static string Precise(Duration duration)
    {
        long milliseconds = duration.WholeMilliseconds();
        var parts = new List<string>(4);
        Add(parts, milliseconds / NodaConstants.MillisecondsPerDay, "d");
        Add(parts, milliseconds / NodaConstants.MillisecondsPerHour % 24, "h");
        Add(parts, milliseconds / NodaConstants.MillisecondsPerMinute % 60, "min");
        decimal seconds = milliseconds % NodaConstants.MillisecondsPerMinute / 1_000m;
        if (seconds > 0 || parts.Count == 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s"));
        return string.Join(' ', parts);
    }

    private static void Add(List<string> parts, long number, string unit)
    {
        if (number > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {unit}"));
    }

    private static (long Number, string Unit) InUnits(long milliseconds) => milliseconds switch
    {
        _ when milliseconds % NodaConstants.MillisecondsPerDay == 0 => (milliseconds / NodaConstants.MillisecondsPerDay, "day"),
        _ when milliseconds % NodaConstants.MillisecondsPerHour == 0 => (milliseconds / NodaConstants.MillisecondsPerHour, "hour"),
        _ when milliseconds % NodaConstants.MillisecondsPerMinute == 0 => (milliseconds / NodaConstants.MillisecondsPerMinute, "minute"),
        _ when milliseconds % NodaConstants.MillisecondsPerSecond == 0 => (milliseconds / NodaConstants.MillisecondsPerSecond, "second"),
        _ => (milliseconds, "millisecond"),
    };
}
