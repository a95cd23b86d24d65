using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>Random expressions with their meanings, random zones and instants (near changes of offset more often than not).</summary>
internal static class OracleGen
{
    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] WeekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public static readonly IReadOnlyList<string> ZoneIds =
    [
        "UTC", "Etc/GMT-14", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia", "America/Santiago", "Asia/Beirut", "Africa/Cairo",
        "America/Asuncion", "Europe/Dublin", "Africa/Casablanca", "America/Caracas", "Asia/Pyongyang", "Asia/Kathmandu", "Pacific/Kwajalein", "Europe/Moscow", "Asia/Almaty",
        "America/St_Johns", "Pacific/Chatham", "Asia/Gaza", "Africa/Monrovia", "America/Scoresbysund", "Asia/Tehran", "Europe/Lisbon", "Asia/Manila", "America/Juneau",
    ];

    public static Gen<OracleExpression> Expression =>
        from format in Gen.Elements(CronFormat.Standard, CronFormat.Standard, CronFormat.IncludeSeconds)
        from dayRule in Gen.Elements(CronDayRule.Both, CronDayRule.Either)
        from second in Gen.Frequency((3, Values(0, 59, t => t.Second)), (1, Star(0, 59, t => t.Second)))
        from minute in TimeField(0, 59, t => t.Minute)
        from hour in TimeField(0, 23, t => t.Hour)
        from day in Gen.Frequency((5, Star(1, 31, t => t.Day)), (3, Values(1, 31, t => t.Day)), (3, SpecialDay))
        from month in Gen.Frequency((6, Star(1, 12, t => t.Month)), (2, Values(1, 12, t => t.Month, MonthNames)))
        from weekday in Gen.Frequency((5, Star(0, 7, WeekdayOf)), (3, Values(0, 7, WeekdayOf, WeekdayNames)), (2, SpecialWeekday))
        select new OracleExpression(second, minute, hour, day, month, weekday, format, dayRule);

    /// <summary>A zone and an instant of it, near a change of offset in two cases of three.</summary>
    public static Gen<OracleMoment> Moment =>
        from zoneId in Gen.Elements(ZoneIds.ToArray())
        from year in Gen.Choose(1900, 2150)
        from second in Gen.Choose(0, 366 * 86400)
        from near in Gen.Choose(0, 2)
        from shift in Gen.Choose(-5 * 3600, 5 * 3600)
        from nanos in Gen.Elements(0, 0, 1, 999_999_999)
        select OracleMoment.Make(zoneId, Instant.FromUtc(year, 1, 1, 0, 0).PlusNanoseconds(second * 1_000_000_000L), near > 0 ? shift : null, nanos);

    /// <summary>Simpler versions of a failing expression: one field at a time becomes a star or a zero.</summary>
    public static IEnumerable<OracleExpression> Shrink(OracleExpression e)
    {
        var star = new OracleField("*", _ => true, true, true);
        var zero = new OracleField("0", t => t.Minute == 0, false, false);
        if (e.Day.Text is not "*") yield return e with { Day = star };
        if (e.Month.Text is not "*") yield return e with { Month = star };
        if (e.Weekday.Text is not "*") yield return e with { Weekday = star };
        if (e.Hour.Text is not "*") yield return e with { Hour = star };
        if (e.Minute.Text is not "0") yield return e with { Minute = zero };
        if (e.Format == CronFormat.IncludeSeconds) yield return e with { Format = CronFormat.Standard };
        if (e.DayRule == CronDayRule.Either) yield return e with { DayRule = CronDayRule.Both };
    }

    private static int WeekdayOf(LocalDateTime t) => (int)t.DayOfWeek % 7;

    private static Gen<OracleField> TimeField(int min, int max, Func<LocalDateTime, int> part) => Gen.Frequency((1, Star(min, max, part)), (3, Values(min, max, part)));

    private static Gen<OracleField> Star(int min, int max, Func<LocalDateTime, int> part) =>
        from symbol in Gen.Elements("*", "*", "?")
        from step in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, max)))
        from extra in Gen.Frequency((5, Gen.Constant(-1)), (1, Gen.Choose(min, max)))
        let values = Walk(min, max, min, max, Math.Max(step, 1)).Append(extra).ToHashSet()
        let text = symbol + (step > 0 ? "/" + Text(step) : "") + (extra >= 0 ? "," + Text(extra) : "")
        select new OracleField(text, Predicate(values, max, part), true, true);

    private static Gen<OracleField> Values(int min, int max, Func<LocalDateTime, int> part, string[]? names = null) =>
        from count in Gen.Frequency((4, Gen.Constant(1)), (2, Gen.Choose(2, 4)))
        from items in Item(min, max, names).ListOf(count)
        select new OracleField(
            string.Join(',', items.Select(i => i.Text)), Predicate(items.SelectMany(i => i.Values).ToHashSet(), max, part), items.Any(i => i.IntervalLike), false);

    private static Gen<(string Text, IEnumerable<int> Values, bool IntervalLike)> Item(int min, int max, string[]? names) =>
        from kind in Gen.Choose(0, 5)
        from low in Gen.Choose(min, max)
        from high in Gen.Choose(min, max)
        from step in Gen.Choose(1, Math.Min(max, 20))
        from named in Gen.Elements(true, false)
        let a = Name(low, min, named, names)
        let b = Name(high, min, named, names)
        select kind switch
        {
            0 or 1 or 2 => (a, [low], false),
            3 => ($"{a}-{b}", Walk(min, max, low, high, 1), true),
            4 => ($"{a}/{Text(step)}", Walk(min, max, low, max, step), true),
            _ => ($"{a}-{b}/{Text(step)}", Walk(min, max, low, high, step), true),
        };

    private static Gen<OracleField> SpecialDay =>
        from kind in Gen.Choose(0, 4)
        from n in Gen.Choose(0, 30)
        select kind switch
        {
            0 => Day("L", t => t.Day == LengthOf(t)),
            1 => Day($"L-{n}", t => t.Day == LengthOf(t) - n),
            2 => Day("LW", t => t.Date == Nearest(t, LengthOf(t))),
            3 => Day($"L-{n}W", t => t.Date == Nearest(t, LengthOf(t) - n)),
            _ => Day($"{n + 1}W", t => t.Date == Nearest(t, n + 1)),
        };

    private static Gen<OracleField> SpecialWeekday =>
        from weekday in Gen.Choose(0, 7)
        from nth in Gen.Choose(0, 5)
        from named in Gen.Elements(true, false)
        let text = Name(weekday, 0, named, WeekdayNames)
        select nth == 0
            ? Day(text + "L", t => WeekdayOf(t) == weekday % 7 && t.Day + 7 > LengthOf(t))
            : Day(text + "#" + Text(nth), t => WeekdayOf(t) == weekday % 7 && (t.Day - 1) / 7 + 1 == nth);

    private static OracleField Day(string text, Func<LocalDateTime, bool> matches) => new(text, matches, false, false);

    private static int LengthOf(LocalDateTime t) => t.Calendar.GetDaysInMonth(t.Year, t.Month);

    // The working day with the smallest distance, among the month's own days.
    private static LocalDate? Nearest(LocalDateTime t, int day)
    {
        if (day < 1 || day > LengthOf(t))
        {
            return null;
        }

        var target = new LocalDate(t.Year, t.Month, day);
        return Enumerable.Range(1, LengthOf(t)).Select(d => new LocalDate(t.Year, t.Month, d))
            .Where(d => d.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday))
            .MinBy(d => Math.Abs(Period.DaysBetween(d, target)));
    }

    private static IEnumerable<int> Walk(int min, int max, int low, int high, int step)
    {
        if (low <= high)
        {
            for (var value = low; value <= high; value += step) yield return value;
            yield break;
        }

        // Over the end and on from the beginning; weekday 7 is 0 there, so that Sunday is counted once.
        var isWeekday = max == 7;
        var distinct = isWeekday ? 7 : max - min + 1;
        var target = isWeekday ? high % 7 : high;
        var start = isWeekday ? low % 7 : low;
        for (var distance = 0; ; distance++)
        {
            var value = min + ((start - min + distance) % distinct);
            if (distance % step == 0) yield return value;
            if (value == target) yield break;
        }
    }

    private static Func<LocalDateTime, bool> Predicate(HashSet<int> values, int max, Func<LocalDateTime, int> part) =>
        max == 7 ? t => values.Contains(part(t)) || (part(t) == 0 && values.Contains(7)) : t => values.Contains(part(t));

    private static string Name(int value, int min, bool named, string[]? names)
    {
        var index = value - min;
        return named && names is not null && index < names.Length ? names[index] : Text(value);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
