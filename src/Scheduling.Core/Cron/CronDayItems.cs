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

    public static bool Read(ref CronTextCursor cursor, CronField field, ref CronFields fields, out ulong bits)
    {
        var start = cursor.Position;
        var read = field == CronField.DayOfMonth
            ? ReadDay(ref cursor, ref fields, out bits)
            : ReadWeekday(ref cursor, ref fields, out bits);
        return read && (cursor.AtEnd || cursor.Current is ' ' or '\t' || cursor.Fail(CronProblem.MustStandAlone, field, start, FieldLength(cursor, start)));
    }

    private static bool ReadDay(ref CronTextCursor cursor, ref CronFields fields, out ulong bits)
    {
        bits = CronFields.AllDays;
        var start = cursor.Position;
        if (cursor.Current is 'W' or 'w')
        {
            return cursor.FailFrom(CronProblem.LoneW, CronField.DayOfMonth, start);
        }

        if (cursor.Current is 'L' or 'l')
        {
            cursor.Accept(cursor.Current);
            fields.Flags |= CronFlags.LastDay;
            return ReadLastDayOffset(ref cursor, ref fields, start) && ReadNearest(ref cursor, ref fields);
        }

        if (cursor.Current is '*' or '?' or 'H' or 'h')
        {
            return cursor.FailFrom(CronProblem.MustStandAlone, CronField.DayOfMonth, start);
        }

        if (!cursor.ReadValue(CronField.DayOfMonth, out var day))
        {
            return false;
        }

        bits = 1UL << day;
        return cursor.Current is 'W' or 'w' ? ReadNearest(ref cursor, ref fields) : cursor.FailFrom(CronProblem.MustStandAlone, CronField.DayOfMonth, start);
    }

    private static bool ReadLastDayOffset(ref CronTextCursor cursor, ref CronFields fields, int start)
    {
        if (!cursor.Accept('-'))
        {
            return true;
        }

        if (!cursor.TryReadNumber(out var offset) || offset > 30)
        {
            return cursor.FailFrom(CronProblem.LastDayOffsetOutOfRange, CronField.DayOfMonth, start);
        }

        fields.LastDayOffset = (byte)offset;
        return true;
    }

    private static bool ReadNearest(ref CronTextCursor cursor, ref CronFields fields)
    {
        if (cursor.Current is 'W' or 'w')
        {
            cursor.Accept(cursor.Current);
            fields.Flags |= CronFlags.NearestWeekday;
        }

        return true;
    }

    private static bool ReadWeekday(ref CronTextCursor cursor, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        var start = cursor.Position;
        if (cursor.Current is 'L' or 'l')
        {
            return cursor.FailFrom(CronProblem.LoneLastWeekday, CronField.DayOfWeek, start);
        }

        if (cursor.Current is '*' or '?' or 'H' or 'h' or '#')
        {
            return cursor.FailFrom(CronProblem.MustStandAlone, CronField.DayOfWeek, start);
        }

        if (!cursor.ReadValue(CronField.DayOfWeek, out var weekday))
        {
            return false;
        }

        bits = 1UL << weekday;
        if (cursor.Accept('#'))
        {
            var read = cursor.TryReadNumber(out var nth) && nth is >= 1 and <= 5;
            fields.Nth = (byte)nth;
            fields.Flags |= CronFlags.NthWeekday;
            return read || cursor.FailFrom(CronProblem.NthOutOfRange, CronField.DayOfWeek, start);
        }

        if (cursor.Current is 'L' or 'l')
        {
            cursor.Accept(cursor.Current);
            fields.Flags |= CronFlags.LastWeekday;
            return true;
        }

        return cursor.FailFrom(CronProblem.MustStandAlone, CronField.DayOfWeek, start);
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

    private static int FieldLength(in CronTextCursor cursor, int start)
    {
        var length = cursor.Position - start;
        var rest = cursor.Rest;
        var more = rest.IndexOfAny(' ', '\t');
        return length + (more < 0 ? rest.Length : more);
    }
}
