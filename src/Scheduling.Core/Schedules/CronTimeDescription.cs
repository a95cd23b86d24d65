using System.Globalization;
using System.Numerics;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>The time of day of a cron expression in English, from the sets of its second, minute and hour.</summary>
internal static class CronTimeDescription
{
    private const int MostTimesListed = 6;
    private const ulong AllOfSixty = (1UL << 60) - 1;
    private const uint AllHours = (1u << 24) - 1;

    internal static string Of(in CronFields fields)
    {
        int seconds = BitOperations.PopCount(fields.Seconds);
        int minutes = BitOperations.PopCount(fields.Minutes);
        int hours = BitOperations.PopCount(fields.Hours);
        if (seconds == 1 && minutes * hours <= MostTimesListed) return "At " + EnglishList.Of(Times(fields));
        if (fields.Seconds != 1) return WithSeconds(fields);
        if (EvenStep(fields.Minutes) is { } step) return Minutely(fields, step);
        if (minutes == 1 && HourRun(fields.Hours) is { } run) return Hourly(fields, run);
        return $"At {Noun("minute", fields.Minutes, AllOfSixty)}{OfHours(fields.Hours, " of every hour")}";
    }

    /// <summary>Every field in turn; fields that are each job's own are called so.</summary>
    internal static string FieldByField(in CronFields fields, CronOwnFields own)
    {
        string minute = own.Has(CronField.Minute) ? own.Describe(CronField.Minute, "minute") : Noun("minute", fields.Minutes, AllOfSixty);
        string hour = own.Has(CronField.Hour) ? own.Describe(CronField.Hour, "hour") : Noun("hour", fields.Hours, AllHours);
        string second = own.Has(CronField.Second) ? own.Describe(CronField.Second, "second") : Noun("second", fields.Seconds, AllOfSixty);
        return fields.Seconds == 1 && !own.Has(CronField.Second) ? $"At {minute} of {hour}" : $"At {second} of {minute} of {hour}";
    }

    private static List<string> Times(in CronFields fields)
    {
        var times = new List<string>(MostTimesListed);
        for (int hour = 0; hour < 24; hour++)
        {
            for (int minute = 0; minute < 60; minute++)
            {
                if ((fields.Hours >> hour & 1) != 0 && (fields.Minutes >> minute & 1) != 0)
                    times.Add(EnglishTime.OfDay(hour, minute, BitOperations.TrailingZeroCount(fields.Seconds)));
            }
        }

        return times;
    }

    private static string WithSeconds(in CronFields fields)
    {
        bool everyMinute = fields.Minutes == AllOfSixty;
        if (everyMinute && fields.Hours == AllHours)
        {
            if (BitOperations.IsPow2(fields.Seconds)) return $"Every minute, at second {EnglishList.OfNumbers(fields.Seconds)}";
            return EvenStep(fields.Seconds) is { } always ? Every(always, "second") : $"At {Noun("second", fields.Seconds, AllOfSixty)} of every minute";
        }

        string seconds = EvenStep(fields.Seconds) is { } step ? Every(step, "second") + " during " : $"At {Noun("second", fields.Seconds, AllOfSixty)} of ";
        return $"{seconds}{Noun("minute", fields.Minutes, AllOfSixty)}{OfHours(fields.Hours, everyMinute ? string.Empty : " of every hour")}";
    }

    /// <summary>Every n minutes, in all hours or in some.</summary>
    private static string Minutely(in CronFields fields, (int First, int Step) step)
    {
        string every = Every(step, "minute");
        if (fields.Hours == AllHours) return every;
        int last = BitOperations.Log2(fields.Minutes);
        return HourRun(fields.Hours) is { Step: 1 } run
            ? $"{Every((0, step.Step), "minute")} from {EnglishTime.OfDay(run.First, step.First)} through {EnglishTime.OfDay(run.Last, last)}"
            : $"{every} during {Noun("hour", fields.Hours, AllHours)}";
    }

    /// <summary>One minute of hours that follow each other evenly.</summary>
    private static string Hourly(in CronFields fields, (int First, int Last, int Step) run)
    {
        int minute = BitOperations.TrailingZeroCount(fields.Minutes);
        string every = Every((0, run.Step), "hour");
        if (fields.Hours == AllHours) return minute == 0 ? $"{every}, on the hour" : string.Create(CultureInfo.InvariantCulture, $"{every}, at minute {minute}");
        return $"{every} from {EnglishTime.OfDay(run.First, minute)} through {EnglishTime.OfDay(run.Last, minute)}";
    }

    private static string OfHours(uint hours, string whenAll) => hours == AllHours ? whenAll : $" of {Noun("hour", hours, AllHours)}";

    private static string Noun(string unit, ulong bits, ulong all) =>
        bits == all ? $"every {unit}" : BitOperations.IsPow2(bits) ? $"{unit} {EnglishList.OfNumbers(bits)}" : $"{unit}s {EnglishList.OfNumbers(bits)}";

    private static string Every((int First, int Step) step, string unit)
    {
        string every = step.Step == 1 ? $"Every {unit}" : string.Create(CultureInfo.InvariantCulture, $"Every {step.Step} {unit}s");
        return step.First == 0 ? every : string.Create(CultureInfo.InvariantCulture, $"{every} from {unit} {step.First}");
    }

    /// <summary>The values of a sixty that go round evenly, also from one hour to the next; null for other sets.</summary>
    private static (int First, int Step)? EvenStep(ulong bits)
    {
        int count = BitOperations.PopCount(bits);
        if (count < 2 || 60 % count != 0) return null;
        int step = 60 / count;
        int first = BitOperations.TrailingZeroCount(bits);
        for (int value = first; value < 60; value += step)
        {
            if ((bits >> value & 1) == 0) return null;
        }

        return first < step ? (first, step) : null;
    }

    /// <summary>Hours that follow each other evenly within the day, or without a step over midnight; null for other sets.</summary>
    private static (int First, int Last, int Step)? HourRun(uint hours)
    {
        int first = BitOperations.TrailingZeroCount(hours);
        int last = BitOperations.Log2(hours);
        int count = BitOperations.PopCount(hours);
        if (count == 1) return (first, first, 1);
        if ((last - first) % (count - 1) == 0)
        {
            int step = (last - first) / (count - 1);
            if (Enumerable.Range(0, count).All(index => (hours >> (first + (index * step)) & 1) != 0)) return (first, last, step);
        }

        uint free = ~hours & AllHours;
        int firstFree = BitOperations.TrailingZeroCount(free);
        int lastFree = BitOperations.Log2(free);
        bool overMidnight = free != 0 && firstFree > 0 && lastFree < 23 && BitOperations.PopCount(free) == lastFree - firstFree + 1;
        return overMidnight ? (lastFree + 1, firstFree - 1, 1) : null;
    }
}
