using System.Globalization;
using System.Numerics;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>The days of a cron expression in English, to be put behind the time; empty for every day.</summary>
internal static class CronDayDescription
{
    private const string WorkingDay = "working day (Monday to Friday)";

    private static readonly string[] MonthNames =
    [
        string.Empty, "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly string[] Ordinals = [string.Empty, "first", "second", "third", "fourth", "fifth"];

    internal static string Of(in CronFields fields, CronOwnFields own)
    {
        bool anyMonth = fields.Months == CronFields.AllMonths && !own.Has(CronField.Month);
        string months = anyMonth ? "every month" : Months(fields, own);
        bool anyDay = fields.AnyDay && !own.Has(CronField.DayOfMonth);
        bool anyWeekday = fields.AnyWeekday && !own.Has(CronField.DayOfWeek);
        string inMonths = anyMonth ? string.Empty : $" in {months}";
        if (anyDay && anyWeekday) return anyMonth ? string.Empty : $" every day{inMonths}";
        if (anyWeekday) return $" on {Day(fields, own)} of {months}";
        if (anyDay) return Weekdays(fields, own, months, inMonths);
        return fields.Has(CronFlags.EitherDay)
            ? $" on {Day(fields, own)} of {months}, and also on {Weekday(fields, own)}{inMonths}"
            : $" on {Day(fields, own)} of {months}, only if that is {Weekday(fields, own, "or")}";
    }

    private static string Months(in CronFields fields, CronOwnFields own) =>
        own.Has(CronField.Month) ? own.Describe(CronField.Month, "month") : EnglishList.Of(fields.Months, static month => MonthNames[month]);

    private static string Day(in CronFields fields, CronOwnFields own)
    {
        if (own.Has(CronField.DayOfMonth)) return own.Describe(CronField.DayOfMonth, "day");
        string day = fields.Has(CronFlags.LastDay) ? LastDay(fields.LastDayOffset) : Days(fields.Days);
        if (!fields.Has(CronFlags.NearestWeekday)) return fields.Has(CronFlags.LastDay) && fields.LastDayOffset == 0 ? "the last day" : day;
        return fields.Has(CronFlags.LastDay) && fields.LastDayOffset == 0 ? $"the last {WorkingDay}" : $"the {WorkingDay} nearest to {day}";
    }

    private static string LastDay(int offset) => offset switch
    {
        0 => "the last day",
        1 => "the day before the last",
        _ => string.Create(CultureInfo.InvariantCulture, $"the day {offset} days before the last"),
    };

    private static string Days(uint days) => $"{(BitOperations.IsPow2(days) ? "day" : "days")} {EnglishList.OfNumbers(days)}";

    private static string Weekdays(in CronFields fields, CronOwnFields own, string months, string inMonths)
    {
        if (fields.Has(CronFlags.NthWeekday | CronFlags.LastWeekday)) return $" on {Weekday(fields, own)} of {months}";

        // "At 08:00, Monday through Friday" reads better than with "on".
        string weekday = Weekday(fields, own);
        return weekday.Contains(" through ", StringComparison.Ordinal) ? $", {weekday}{Comma(inMonths)}" : $" on {weekday}{inMonths}";
    }

    private static string Comma(string inMonths) => inMonths.Length == 0 ? string.Empty : $",{inMonths}";

    private static string Weekday(in CronFields fields, CronOwnFields own, string conjunction = "and")
    {
        if (own.Has(CronField.DayOfWeek)) return own.Describe(CronField.DayOfWeek, "weekday");
        string names = WeekdayNames(fields.Weekdays, conjunction);
        if (fields.Has(CronFlags.NthWeekday)) return $"the {Ordinals[fields.Nth]} {names}";
        return fields.Has(CronFlags.LastWeekday) ? $"the last {names}" : names;
    }

    /// <summary>A run over the weekend (<c>FRI-MON</c>) is one run; so is Monday to Sunday written from Sunday.</summary>
    private static string WeekdayNames(byte weekdays, string conjunction)
    {
        int first = Enumerable.Range(0, 7).FirstOrDefault(day => (weekdays >> day & 1) != 0 && (weekdays >> ((day + 6) % 7) & 1) == 0);
        uint rotated = CronDays.StartingAt(weekdays, first);
        bool isOneRun = BitOperations.IsPow2(rotated + 1);
        return isOneRun
            ? EnglishList.Of(rotated, day => EnglishTime.Weekday((day + first) % 7))
            : EnglishList.Of(weekdays, static day => EnglishTime.Weekday(day), conjunction);
    }
}
