namespace Scheduling.Cron;

/// <summary>The items whose value a key chooses: <c>H</c>, <c>H/n</c>, <c>H(a-b)</c>, <c>H(a-b)/n</c>.</summary>
internal static class CronSpreadItems
{
    /// <summary>Reads the item whose <c>H</c> is at <paramref name="at"/>.</summary>
    public static int Read(ref CronText text, int at, CronField field, ulong spreadHash, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        var start = at;
        text.NoteSpread(start, field);
        fields.Flags |= CronFlags.Spread;
        at = ReadRange(ref text, start + 1, field, start, out var low, out var high, out var ranged);
        if (at == CronText.Failed)
        {
            return at;
        }

        var hash = SpreadHash.Derive(spreadHash, (uint)field);
        if (text[at] != '/')
        {
            bits = 1UL << (low + (int)SpreadHash.Onto(hash, (ulong)(high - low + 1)));
            return at;
        }

        at = CronItems.ReadStep(ref text, at, field, start, out var step);
        if (at == CronText.Failed)
        {
            return at;
        }

        fields.Flags |= CronItems.IntervalFlag(field);
        if (!ranged)
        {
            CronItems.NoteUnevenStep(field, step, ref fields);
        }

        low += (int)SpreadHash.Onto(hash, (ulong)Math.Min(step, high - low + 1));
        bits = CronSteps.Bits(field, low, high, step);
        return at;
    }

    // The values to choose from: those in parentheses, or all of the field (in day of month those that every month has).
    private static int ReadRange(ref CronText text, int at, CronField field, int start, out int low, out int high, out bool ranged)
    {
        low = CronFieldRange.Min(field);
        high = field == CronField.DayOfMonth ? CronFieldRange.LastSafeDay : CronFieldRange.LastDistinct(field);
        ranged = text[at] == '(';
        if (!ranged)
        {
            return at;
        }

        at = text.ReadValue(at + 1, field, out low);
        if (at == CronText.Failed)
        {
            return at;
        }

        if (text[at] != '-')
        {
            return text.FailFrom(CronProblem.SpreadRange, field, start);
        }

        at = text.ReadValue(at + 1, field, out high);
        if (at == CronText.Failed)
        {
            return at;
        }

        return text[at] == ')' && low <= high ? at + 1 : text.FailFrom(CronProblem.SpreadRange, field, start);
    }
}
