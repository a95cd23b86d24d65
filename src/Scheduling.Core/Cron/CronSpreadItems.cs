namespace Scheduling.Cron;

/// <summary>The items whose value a key chooses: <c>H</c>, <c>H/n</c>, <c>H(a-b)</c>, <c>H(a-b)/n</c>.</summary>
internal static class CronSpreadItems
{
    /// <summary>Reads the item at the cursor, which is at its <c>H</c>.</summary>
    public static bool Read(ref CronTextCursor cursor, CronField field, ulong spreadHash, ref CronFields fields, ref ulong bits)
    {
        var start = cursor.Position;
        cursor.NoteSpread(field, start);
        cursor.Skip(1);
        fields.Flags |= CronFlags.Spread;
        if (!ReadRange(ref cursor, field, start, out var low, out var high, out var ranged))
        {
            return false;
        }

        var hash = SpreadHash.Derive(spreadHash, (uint)field);
        if (!cursor.Accept('/'))
        {
            bits |= 1UL << (low + (int)SpreadHash.Onto(hash, (ulong)(high - low + 1)));
            return true;
        }

        if (!CronItems.ReadStep(ref cursor, field, start, out var step))
        {
            return false;
        }

        fields.Flags |= CronItems.IntervalFlag(field);
        if (!ranged)
        {
            CronItems.NoteUnevenStep(field, step, ref fields);
        }

        low += (int)SpreadHash.Onto(hash, (ulong)Math.Min(step, high - low + 1));
        bits |= CronSteps.Bits(field, low, high, step);
        return true;
    }

    // The values to choose from: those in parentheses, or all of the field (in day of month those that every month has).
    private static bool ReadRange(ref CronTextCursor cursor, CronField field, int start, out int low, out int high, out bool ranged)
    {
        low = CronFieldRange.Min(field);
        high = field == CronField.DayOfMonth ? CronFieldRange.LastSafeDay : CronFieldRange.LastDistinct(field);
        ranged = cursor.Accept('(');
        if (!ranged)
        {
            return true;
        }

        if (!cursor.ReadValue(field, out low))
        {
            return false;
        }

        if (!cursor.Accept('-'))
        {
            return cursor.FailFrom(CronProblem.SpreadRange, field, start);
        }

        return cursor.ReadValue(field, out high)
            && ((cursor.Accept(')') && low <= high) || cursor.FailFrom(CronProblem.SpreadRange, field, start));
    }
}
