using NodaTime;
using NodaTime.Text;

namespace Scheduling.Schedules;

/// <summary>Times of day and instants as people read them, the same in every culture.</summary>
internal static class EnglishTime
{
    private static readonly string[] WeekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern Seconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly InstantPattern Instants = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss 'UTC'");

    /// <summary><c>06:00</c>, with seconds when there are some.</summary>
    internal static string OfDay(LocalTime time) => (time.Second == 0 ? Minutes : Seconds).Format(time);

    internal static string OfDay(int hour, int minute, int second = 0) => OfDay(new LocalTime(hour, minute, second));

    /// <summary>The full hour at which an hour's window ends: <c>24:00</c> for 23.</summary>
    internal static string EndOfHour(int hour) => hour == 23 ? "24:00" : OfDay(hour + 1, 0);

    internal static string Utc(Instant instant) => Instants.Format(instant);

    /// <param name="weekday">0 (Sunday) to 6 (Saturday).</param>
    internal static string Weekday(int weekday) => WeekdayNames[weekday];

    internal static string Weekday(IsoDayOfWeek weekday) => WeekdayNames[(int)weekday % 7];
}
