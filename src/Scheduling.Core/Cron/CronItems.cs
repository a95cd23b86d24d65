using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>Reads one field: lists of values, ranges, steps, <c>*</c>. Days by their place in the month are in <see cref="CronDayItems"/>, <c>H</c> in <see cref="CronSpreadItems"/>.</summary>
internal static class CronItems
{
    private static ReadOnlySpan<CronFlags> StarFlags =>
    [
        CronFlags.None, CronFlags.IntervalLike, CronFlags.IntervalLike, CronFlags.IntervalLike, CronFlags.StarDay, CronFlags.None, CronFlags.StarWeekday,
    ];

    /// <summary>Reads the field that begins at <paramref name="at"/>; returns the place of the blank behind it or the end, or <see cref="CronText.Failed"/> (also when the field before did).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int ReadField(ref CronText text, int at, CronField field, ulong spreadHash, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        if (at == CronText.Failed)
        {
            return at;
        }

        var start = at;
        if (text[at] is '*' or '?')
        {
            fields.Flags |= StarFlag(field);
        }

        while (true)
        {
            at = ReadItem(ref text, at, field, spreadHash, ref fields, ref bits);
            if (text[at] != ',')
            {
                return at != CronText.Failed && text.EndsField(at) ? at : ReadOther(ref text, start, at, field, ref fields, out bits);
            }

            at++;
        }
    }

    /// <summary>Reads the number behind a slash at <paramref name="at"/>; <paramref name="start"/> is where the item began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadStep(ref CronText text, int at, CronField field, int start, out int step)
    {
        var end = text.ReadNumber(at + 1, out step);
        return step >= 1 && step <= CronFieldRange.Max(field) ? end : text.FailFrom(CronProblem.StepOutOfRange, field, start);
    }

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

    /// <summary>What a star at the start of this field says about the whole expression.</summary>
    public static CronFlags StarFlag(CronField field) => StarFlags[(int)field];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadItem(ref CronText text, int at, CronField field, ulong spreadHash, ref CronFields fields, ref ulong bits)
    {
        var start = at;
        int low;
        var high = CronFieldRange.Max(field);
        var open = false;
        var ranged = false;
        if (text[at] is '*' or '?')
        {
            at++;
            open = true;
            low = CronFieldRange.Min(field);
        }
        else if (text[at] is 'H' or 'h')
        {
            at = CronSpreadItems.Read(ref text, at, field, spreadHash, ref fields, out var chosen);
            bits |= chosen;
            return at;
        }
        else
        {
            at = text.ReadValue(at, field, out low);
            ranged = text[at] == '-';
            if (ranged)
            {
                at = text.ReadValue(at + 1, field, out high);
            }
        }

        var step = 1;
        var stepped = text[at] == '/';
        if (stepped)
        {
            at = ReadStep(ref text, at, field, start, out step);
        }

        if (at == CronText.Failed)
        {
            return at;
        }

        if (!open && !ranged && !stepped)
        {
            bits |= 1UL << low;
            return at;
        }

        fields.Flags |= IntervalFlag(field);
        bits |= CronSteps.Bits(field, low, high, step);
        if (stepped && !ranged)
        {
            NoteUnevenStep(field, step, ref fields);
        }

        return at;
    }

    // A field that is no list of values: a day by its place in the month, or wrong.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadOther(ref CronText text, int start, int at, CronField field, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        if (field is CronField.DayOfMonth or CronField.DayOfWeek && CronDayItems.Applies(text.From(start), field))
        {
            return CronDayItems.Read(ref text, start, field, ref fields, out bits);
        }

        return at == CronText.Failed ? at : text.Unexpected(at, field);
    }
}
