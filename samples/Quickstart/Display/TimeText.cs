using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Scheduling;

namespace Quickstart.Display;

/// <summary>Times, durations and statuses in few characters, the same in every culture.</summary>
internal static class TimeText
{
    private static readonly LocalDateTimePattern DayPattern = LocalDateTimePattern.CreateWithInvariantCulture("ddd HH':'mm");
    private static readonly LocalDateTimePattern FullPattern = LocalDateTimePattern.CreateWithInvariantCulture("ddd uuuu'-'MM'-'dd HH':'mm':'ss");

    public static string DayAndMinute(Instant instant) => DayPattern.Format(instant.InUtc().LocalDateTime);

    public static string Full(Instant instant) => FullPattern.Format(instant.InUtc().LocalDateTime);

    /// <summary>The two largest units: 45s, 25m, 1h10m, 3d4h.</summary>
    public static string Short(Duration duration)
    {
        var span = duration > Duration.Zero ? duration : Duration.Zero;
        return span.TotalMinutes < 1 ? Text($"{span.Seconds}s")
            : span.TotalHours < 1 ? Text($"{span.Minutes}m")
            : span.TotalDays < 1 ? Text($"{span.Hours}h{span.Minutes:00}m")
            : Text($"{span.Days}d{span.Hours:00}h");
    }

    /// <summary>A status as people say it.</summary>
    public static string Status(ExecutionStatus status) => status switch
    {
        ExecutionStatus.CompletedWithErrors => "with errors",
        ExecutionStatus.TimedOut => "timed out",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>A reason as people say it.</summary>
    public static string Reason(ExecutionReason reason) => reason switch
    {
        ExecutionReason.Overlap => "still running",
        ExecutionReason.WindowClosed => "its window closed",
        ExecutionReason.TooOld => "too old",
        ExecutionReason.ChainLimit => "too many at once",
        ExecutionReason.Edited => "schedule changed",
        ExecutionReason.PayloadInvalid => "payload invalid",
        ExecutionReason.HandedBack => "handed back",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
