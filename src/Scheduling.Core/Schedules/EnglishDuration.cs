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

    /// <summary>As a frequency: <c>every hour</c>, <c>every 15 minutes</c>.</summary>
    internal static string Every(Duration duration)
    {
        (long number, string unit) = InUnits(duration.WholeMilliseconds());
        return number == 1 ? $"every {unit}" : string.Create(CultureInfo.InvariantCulture, $"every {number} {unit}s");
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
