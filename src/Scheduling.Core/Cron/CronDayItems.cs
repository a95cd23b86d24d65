namespace Scheduling.Cron;

/// <summary>
/// The items that choose one day by its place in the month: <c>L L-n LW L-nW nW</c> in day of month, <c>n#k nL</c> in day of week. Each stands alone in its field.
/// </summary>
internal static class CronDayItems
{
    private const int LargestOffset = 30;
    private const int LargestNth = 5;

    /// <summary>Whether the field at the start of <paramref name="rest"/> has such an item (right or wrong).</summary>
    public static bool Applies(ReadOnlySpan<char> rest, CronField field)
    {
        for (var at = 0; at < rest.Length && rest[at] is not (' ' or '\t'); at++)
        {
            var isItem = field == CronField.DayOfMonth
                ? rest[at] is 'L' or 'l' or 'W' or 'w'
                : rest[at] == '#' || (rest[at] is 'L' or 'l' && !InsideName(rest, at));
            if (isItem)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the field that begins at <paramref name="start"/>.</summary>
    public static int Read(ref CronText text, int start, CronField field, ref CronFields fields, out ulong bits)
    {
        var at = field == CronField.DayOfMonth
            ? ReadDay(ref text, start, ref fields, out bits)
            : ReadWeekday(ref text, start, ref fields, out bits);
        return at == CronText.Failed || text.EndsField(at) ? at : text.FailField(CronProblem.MustStandAlone, field, start);
    }

    private static int ReadDay(ref CronText text, int start, ref CronFields fields, out ulong bits)
    {
        bits = CronFields.AllDays;
        switch (text[start])
        {
            case 'W' or 'w':
                return text.FailFrom(CronProblem.LoneW, CronField.DayOfMonth, start);
            case 'L' or 'l':
                fields.Flags |= CronFlags.LastDay;
                return ReadNearest(ref text, ReadLastDayOffset(ref text, start, ref fields), ref fields);
            case '*' or '?' or 'H' or 'h':
                return text.FailFrom(CronProblem.MustStandAlone, CronField.DayOfMonth, start);
        }

        var at = text.ReadValue(start, CronField.DayOfMonth, out var day);
        if (at == CronText.Failed)
        {
            return at;
        }

        bits = 1UL << day;
        return text[at] is 'W' or 'w' ? ReadNearest(ref text, at, ref fields) : text.FailFrom(CronProblem.MustStandAlone, CronField.DayOfMonth, start);
    }

    private static int ReadLastDayOffset(ref CronText text, int start, ref CronFields fields)
    {
        if (text[start + 1] != '-')
        {
            return start + 1;
        }

        var at = text.ReadNumber(start + 2, out var offset);
        if (offset is < 0 or > LargestOffset)
        {
            return text.FailFrom(CronProblem.LastDayOffsetOutOfRange, CronField.DayOfMonth, start);
        }

        fields.LastDayOffset = (byte)offset;
        return at;
    }

    private static int ReadNearest(ref CronText text, int at, ref CronFields fields)
    {
        if (text[at] is not ('W' or 'w'))
        {
            return at;
        }

        fields.Flags |= CronFlags.NearestWeekday;
        return at + 1;
    }

    private static int ReadWeekday(ref CronText text, int start, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        switch (text[start])
        {
            case 'L' or 'l':
                return text.FailFrom(CronProblem.LoneLastWeekday, CronField.DayOfWeek, start);
            case '*' or '?' or 'H' or 'h' or '#':
                return text.FailFrom(CronProblem.MustStandAlone, CronField.DayOfWeek, start);
        }

        var at = text.ReadValue(start, CronField.DayOfWeek, out var weekday);
        if (at == CronText.Failed)
        {
            return at;
        }

        bits = 1UL << weekday;
        switch (text[at])
        {
            case '#':
                return ReadNth(ref text, at + 1, start, ref fields);
            case 'L' or 'l':
                fields.Flags |= CronFlags.LastWeekday;
                return at + 1;
            default:
                return text.FailFrom(CronProblem.MustStandAlone, CronField.DayOfWeek, start);
        }
    }

    private static int ReadNth(ref CronText text, int at, int start, ref CronFields fields)
    {
        at = text.ReadNumber(at, out var nth);
        if (nth is < 1 or > LargestNth)
        {
            return text.FailFrom(CronProblem.NthOutOfRange, CronField.DayOfWeek, start);
        }

        fields.Nth = (byte)nth;
        fields.Flags |= CronFlags.NthWeekday;
        return at;
    }

    // No weekday's name has an L, but misspelt ones may ("WEDNESDAL"): only an L after a digit, a name of three letters or nothing is the item.
    private static bool InsideName(ReadOnlySpan<char> rest, int at)
    {
        var letters = 0;
        while (at - letters > 0 && char.IsAsciiLetter(rest[at - letters - 1]))
        {
            letters++;
        }

        return letters is not (0 or 3);
    }
}
