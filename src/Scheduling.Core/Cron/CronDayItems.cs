namespace Scheduling.Cron;

/// <summary>
/// The items that choose one day by its place in the month: <c>L L-n LW L-nW nW</c> in day of month, <c>n#k nL</c> in day of week. Each stands alone in its field.
/// </summary>
internal static class CronDayItems
{
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

    public static bool Read(ref CronItemParser items, CronField field, ref CronFields fields, out ulong bits)
    {
        var start = items.Position;
        var read = field == CronField.DayOfMonth
            ? ReadDay(ref items, ref fields, out bits)
            : ReadWeekday(ref items, ref fields, out bits);
        return read && (items.AtEnd || items.Current is ' ' or '\t' || items.Fail(CronProblem.MustStandAlone, field, start, FieldLength(items, start)));
    }

    private static bool ReadDay(ref CronItemParser items, ref CronFields fields, out ulong bits)
    {
        bits = CronFields.AllDays;
        var start = items.Position;
        if (items.Current is 'W' or 'w')
        {
            return items.FailFrom(CronProblem.LoneW, CronField.DayOfMonth, start);
        }

        if (items.Current is 'L' or 'l')
        {
            items.Accept(items.Current);
            fields.Flags |= CronFlags.LastDay;
            return ReadLastDayOffset(ref items, ref fields, start) && ReadNearest(ref items, ref fields);
        }

        if (items.Current is '*' or '?' or 'H' or 'h')
        {
            return items.FailFrom(CronProblem.MustStandAlone, CronField.DayOfMonth, start);
        }

        if (!items.ReadValue(CronField.DayOfMonth, out var day))
        {
            return false;
        }

        bits = 1UL << day;
        return items.Current is 'W' or 'w' ? ReadNearest(ref items, ref fields) : items.FailFrom(CronProblem.MustStandAlone, CronField.DayOfMonth, start);
    }

    private static bool ReadLastDayOffset(ref CronItemParser items, ref CronFields fields, int start)
    {
        if (!items.Accept('-'))
        {
            return true;
        }

        if (!items.TryReadNumber(out var offset) || offset > 30)
        {
            return items.FailFrom(CronProblem.LastDayOffsetOutOfRange, CronField.DayOfMonth, start);
        }

        fields.LastDayOffset = (byte)offset;
        return true;
    }

    private static bool ReadNearest(ref CronItemParser items, ref CronFields fields)
    {
        if (items.Current is 'W' or 'w')
        {
            items.Accept(items.Current);
            fields.Flags |= CronFlags.NearestWeekday;
        }

        return true;
    }

    private static bool ReadWeekday(ref CronItemParser items, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        var start = items.Position;
        if (items.Current is 'L' or 'l')
        {
            return items.FailFrom(CronProblem.LoneLastWeekday, CronField.DayOfWeek, start);
        }

        if (items.Current is '*' or '?' or 'H' or 'h' or '#')
        {
            return items.FailFrom(CronProblem.MustStandAlone, CronField.DayOfWeek, start);
        }

        if (!items.ReadValue(CronField.DayOfWeek, out var weekday))
        {
            return false;
        }

        bits = 1UL << weekday;
        if (items.Accept('#'))
        {
            var read = items.TryReadNumber(out var nth) && nth is >= 1 and <= 5;
            fields.Nth = (byte)nth;
            fields.Flags |= CronFlags.NthWeekday;
            return read || items.FailFrom(CronProblem.NthOutOfRange, CronField.DayOfWeek, start);
        }

        if (items.Current is 'L' or 'l')
        {
            items.Accept(items.Current);
            fields.Flags |= CronFlags.LastWeekday;
            return true;
        }

        return items.FailFrom(CronProblem.MustStandAlone, CronField.DayOfWeek, start);
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

    private static int FieldLength(in CronItemParser items, int start)
    {
        var length = items.Position - start;
        var rest = items.Rest;
        var more = rest.IndexOfAny(' ', '\t');
        return length + (more < 0 ? rest.Length : more);
    }
}
