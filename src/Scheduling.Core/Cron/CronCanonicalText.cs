using System.Globalization;
using System.Numerics;
using System.Text;

namespace Scheduling.Cron;

/// <summary>
/// Writes one text for each meaning: numbers instead of names, lists in order, runs as ranges and steps, no <c>H</c>. Read with the same format and day rule
/// it gives an equal expression.
/// </summary>
internal static class CronCanonicalText
{
    public static string Write(in CronFields fields, CronFormat format, CronDayRule dayRule)
    {
        if (format == CronFormat.Standard && fields.Seconds != 1)
        {
            return "@every_second"; // The one meaning with seconds that five fields can be asked for.
        }

        var text = new StringBuilder(CronParser.MaxLength);
        WriteTime(text, fields, format);
        var starsMatter = dayRule == CronDayRule.Either && !fields.AnyDay && !fields.AnyWeekday;
        WriteDays(text, fields, starsMatter);
        WriteBits(text.Append(' '), CronField.Month, fields.Months, compact: true, mayBeginWithStar: true);
        WriteWeekdays(text.Append(' '), fields, starsMatter);
        return text.ToString();
    }

    private static void WriteTime(StringBuilder text, in CronFields fields, CronFormat format)
    {
        // A range or step makes an expression interval-like, so one that is not may only have lists here, and one that is needs at least one.
        var compact = fields.Has(CronFlags.IntervalLike);
        if (format == CronFormat.IncludeSeconds)
        {
            WriteBits(text, CronField.Second, fields.Seconds, compact, mayBeginWithStar: true);
            text.Append(' ');
        }

        WriteBits(text, CronField.Minute, fields.Minutes, compact, mayBeginWithStar: true);
        WriteBits(text.Append(' '), CronField.Hour, fields.Hours, compact, mayBeginWithStar: true);
        if (compact && text.ToString().IndexOfAny(['*', '-', '/']) < 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{BitOperations.Log2(fields.Hours)}");
        }

        text.Append(' ');
    }

    private static void WriteDays(StringBuilder text, in CronFields fields, bool starsMatter)
    {
        if (fields.Has(CronFlags.LastDay))
        {
            text.Append('L');
            if (fields.LastDayOffset > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{fields.LastDayOffset}");
            }
        }
        else
        {
            WriteDayBits(text, CronField.DayOfMonth, fields.Days, starsMatter, fields.Has(CronFlags.StarDay));
        }

        if (fields.Has(CronFlags.NearestWeekday))
        {
            text.Append('W');
        }
    }

    private static void WriteWeekdays(StringBuilder text, in CronFields fields, bool starsMatter)
    {
        WriteDayBits(text, CronField.DayOfWeek, fields.Weekdays, starsMatter, fields.Has(CronFlags.StarWeekday));
        if (fields.Has(CronFlags.NthWeekday))
        {
            text.Append(CultureInfo.InvariantCulture, $"#{fields.Nth}");
        }
        else if (fields.Has(CronFlags.LastWeekday))
        {
            text.Append('L');
        }
    }

    private static void WriteDayBits(StringBuilder text, CronField field, ulong bits, bool starsMatter, bool star)
    {
        if (starsMatter && star)
        {
            bits = WriteStarStep(text, field, bits);
            if (bits == 0)
            {
                return;
            }

            text.Append(',');
        }

        WriteBits(text, field, bits, compact: true, mayBeginWithStar: !starsMatter);
    }

    // The field began with a star and must do so again: the densest "*/n" within its values, always possible because "*/last" is the first value alone.
    private static ulong WriteStarStep(StringBuilder text, CronField field, ulong bits)
    {
        var min = CronFieldRange.Min(field);
        for (var step = 2; ; step++)
        {
            var multiples = CronSteps.Bits(field, min, CronFieldRange.LastDistinct(field), step);
            if ((multiples & ~bits) == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"*/{step}");
                return bits & ~multiples;
            }
        }
    }

    private static void WriteBits(StringBuilder text, CronField field, ulong bits, bool compact, bool mayBeginWithStar)
    {
        if (compact && bits == CronFieldRange.All(field))
        {
            text.Append('*');
            return;
        }

        for (var separator = ""; bits != 0; separator = ",")
        {
            var low = BitOperations.TrailingZeroCount(bits);
            var (high, step) = compact ? LongestRun(field, bits, low) : (low, 1);
            bits &= ~CronSteps.Bits(field, low, high, step);
            text.Append(separator);
            WriteRun(text, field, low, high, step, mayBeginWithStar);
        }
    }

    private static void WriteRun(StringBuilder text, CronField field, int low, int high, int step, bool mayBeginWithStar)
    {
        if (mayBeginWithStar && step > 1 && low == CronFieldRange.Min(field) && high + step > CronFieldRange.LastDistinct(field))
        {
            text.Append(CultureInfo.InvariantCulture, $"*/{step}");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{low}");
        if (high > low)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{high}");
        }

        if (step > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"/{step}");
        }
    }

    // The longest evenly spaced run that starts at the lowest value; of three values at least, or half the field apart (*/30), or the value alone.
    private static (int High, int Step) LongestRun(CronField field, ulong bits, int low)
    {
        var half = (CronFieldRange.LastDistinct(field) - CronFieldRange.Min(field) + 1) / 2.0;
        var best = (High: low, Step: 1);
        var bestCount = 2;
        for (var step = 1; low + (2 * step) < 64; step++)
        {
            var high = low;
            while (high + step < 64 && (bits >> (high + step) & 1) != 0)
            {
                high += step;
            }

            var count = ((high - low) / step) + 1;
            if (count > bestCount || (count == bestCount && step == half && low == CronFieldRange.Min(field)))
            {
                bestCount = count;
                best = (high, step);
            }
        }

        return best;
    }
}
