using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>Reads one field: lists of values, ranges, steps, <c>*</c>. Days by their place in the month are in <see cref="CronDayItems"/>, <c>H</c> in <see cref="CronSpreadItems"/>.</summary>
internal static class CronItems
{
    /// <summary>The most frequent field of all, before anything else is tried: <c>*</c> or <c>?</c> alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadLoneStar(ref CronTextCursor cursor, CronField field, ref CronFields fields, out ulong bits)
    {
        bits = CronFieldRange.All(field);
        if (cursor.Current is not ('*' or '?') || !cursor.EndsFieldAt(1))
        {
            return false;
        }

        cursor.Skip(1);
        fields.Flags |= StarFlag(field);
        return true;
    }

    /// <summary>The next most frequent one: a valid number alone. Anything else is left where it is for <see cref="ReadField"/>.</summary>
    public static bool TryReadLoneNumber(ref CronTextCursor cursor, CronField field, out ulong bits)
    {
        bits = 0;
        var rest = cursor.Rest;
        var value = rest.IsEmpty ? -1 : rest[0] - '0';
        if ((uint)value > 9)
        {
            return false;
        }

        var length = 1;
        if (rest.Length > 1 && char.IsAsciiDigit(rest[1]))
        {
            value = (value * 10) + (rest[1] - '0');
            length = 2;
        }

        if (!cursor.EndsFieldAt(length) || value < CronFieldRange.Min(field) || value > CronFieldRange.Max(field))
        {
            return false;
        }

        bits = 1UL << value;
        cursor.Skip(length);
        return true;
    }

    /// <summary>Reads one field up to the blank behind it.</summary>
    public static bool ReadField(ref CronTextCursor cursor, CronField field, ulong spreadHash, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        if (cursor.Current is '*' or '?')
        {
            fields.Flags |= StarFlag(field);
        }

        if (field is CronField.DayOfMonth or CronField.DayOfWeek && CronDayItems.Applies(cursor.Rest, field))
        {
            return CronDayItems.Read(ref cursor, field, ref fields, out bits);
        }

        while (true)
        {
            if (!ReadItem(ref cursor, field, spreadHash, ref fields, ref bits))
            {
                return false;
            }

            if (!cursor.Accept(','))
            {
                return true;
            }
        }
    }

    /// <summary>Reads the number behind a slash; <paramref name="start"/> is where the item began.</summary>
    public static bool ReadStep(ref CronTextCursor cursor, CronField field, int start, out int step) =>
        (cursor.TryReadNumber(out step) && step >= 1 && step <= CronFieldRange.Max(field)) || cursor.FailFrom(CronProblem.StepOutOfRange, field, start);

    /// <summary>Notes an open step (one without a range) that makes the last gap shorter than the others.</summary>
    public static void NoteUnevenStep(CronField field, int step, ref CronFields fields)
    {
        var values = CronFieldRange.LastDistinct(field) - CronFieldRange.Min(field) + 1;
        if ((uint)values % (uint)step != 0)
        {
            fields.UnevenSteps |= (byte)(1 << (int)field);
        }
    }

    /// <summary>What a range or a step in this field says about the whole expression.</summary>
    public static CronFlags IntervalFlag(CronField field) => field <= CronField.Hour ? CronFlags.IntervalLike : CronFlags.None;

    private static bool ReadItem(ref CronTextCursor cursor, CronField field, ulong spreadHash, ref CronFields fields, ref ulong bits)
    {
        var start = cursor.Position;
        if (cursor.Current is 'H' or 'h')
        {
            return CronSpreadItems.Read(ref cursor, field, spreadHash, ref fields, ref bits);
        }

        int low;
        var high = CronFieldRange.Max(field);
        var open = cursor.Current is '*' or '?';
        var ranged = false;
        if (open)
        {
            cursor.Skip(1);
            low = CronFieldRange.Min(field);
        }
        else
        {
            if (!cursor.ReadValue(field, out low))
            {
                return false;
            }

            ranged = cursor.Accept('-');
            if (ranged && !cursor.ReadValue(field, out high))
            {
                return false;
            }
        }

        var step = 1;
        var stepped = cursor.Accept('/');
        if (stepped && !ReadStep(ref cursor, field, start, out step))
        {
            return false;
        }

        if (open || ranged || stepped)
        {
            fields.Flags |= IntervalFlag(field);
            bits |= CronSteps.Bits(field, low, high, step);
            if (stepped && !ranged)
            {
                NoteUnevenStep(field, step, ref fields);
            }
        }
        else
        {
            bits |= 1UL << low;
        }

        return true;
    }

    private static CronFlags StarFlag(CronField field) => field switch
    {
        <= CronField.Hour => CronFlags.IntervalLike,
        CronField.DayOfMonth => CronFlags.StarDay,
        CronField.DayOfWeek => CronFlags.StarWeekday,
        _ => CronFlags.None,
    };
}
