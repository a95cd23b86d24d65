namespace Scheduling.Cron;

/// <summary>
/// Reads the fields of a text from left to right, once, without recursion and without allocating. The grammar is in docs/semantics.md; one field is read by <see cref="CronItems"/>.
/// </summary>
internal static class CronParser
{
    /// <summary>The longest text that is read.</summary>
    public const int MaxLength = 256;

    /// <summary>Reads a whole text.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <param name="format">Five or six fields.</param>
    /// <param name="dayRule">The rule for two restricted day fields.</param>
    /// <param name="spreadHash">What <c>H</c> takes its values from, or null.</param>
    /// <param name="allowUnbound">Whether <c>H</c> without a hash is left for later instead of refused.</param>
    /// <param name="fields">The default value; becomes the meaning when true is returned, and is of no use when false is.</param>
    /// <param name="fault">The problem, when false is returned.</param>
    /// <remarks>
    /// The fields are written where they stay: copying them afterwards would load by 32 bytes what was just stored by one to eight, which has to wait until the stores have left the processor's buffer.
    /// </remarks>
    public static bool TryParse(
        ReadOnlySpan<char> text, CronFormat format, CronDayRule dayRule, ulong? spreadHash, bool allowUnbound, ref CronFields fields, out CronFault fault)
    {
        if (text.Length > MaxLength)
        {
            fault = new CronFault(CronProblem.TooLong, null, MaxLength, 0);
            return false;
        }

        var reading = new CronText(text);
        var at = reading.SkipBlanks(0);
        at = reading[at] == '@' ? ReadMacro(ref reading, at, ref fields) : ReadFields(ref reading, at, format, spreadHash ?? 0, ref fields);
        if (at == CronText.Failed || !BindSpread(ref reading, spreadHash, allowUnbound, ref fields))
        {
            fault = CronFieldCount.Check(text, format) ?? reading.Fault;
            return false;
        }

        fields.Complete(dayRule);
        fault = default;
        return true;
    }

    private static int ReadMacro(ref CronText text, int at, ref CronFields fields)
    {
        var name = text.From(at).TrimEnd(" \t");
        var expansion = CronMacros.Expand(name, out var format);
        if (expansion is null)
        {
            return text.Fail(CronProblem.UnknownMacro, null, at, name.Length);
        }

        var meaning = new CronText(expansion);
        return ReadFields(ref meaning, 0, format, 0, ref fields);
    }

    private static int ReadFields(ref CronText text, int at, CronFormat format, ulong spreadHash, ref CronFields fields)
    {
        Span<ulong> sets = stackalloc ulong[(int)CronField.DayOfWeek + 1];
        sets[(int)CronField.Second] = 1;
        var characters = text.From(0);
        for (var field = format == CronFormat.IncludeSeconds ? CronField.Second : CronField.Minute; field <= CronField.DayOfWeek; field++)
        {
            // A field that is missing begins at the end of the text, where its first item is unexpected.
            if (!CronLoneField.TryRead(characters, ref at, field, ref fields, out sets[(int)field]))
            {
                at = CronItems.ReadField(ref text, at, field, spreadHash, ref fields, out sets[(int)field]);
                if (at == CronText.Failed)
                {
                    return at;
                }
            }

            at = text.SkipBlanks(at);
        }

        Keep(sets, ref fields);
        return text.IsEnd(at) ? at : text.Unexpected(at, CronField.DayOfWeek);
    }

    private static void Keep(ReadOnlySpan<ulong> sets, ref CronFields fields)
    {
        fields.Seconds = sets[(int)CronField.Second];
        fields.Minutes = sets[(int)CronField.Minute];
        fields.Hours = (uint)sets[(int)CronField.Hour];
        fields.Days = (uint)sets[(int)CronField.DayOfMonth];
        fields.Months = (ushort)sets[(int)CronField.Month];
        var weekdays = sets[(int)CronField.DayOfWeek];
        fields.Weekdays = (byte)((weekdays | (weekdays >> CronFieldRange.SecondSunday)) & CronFields.AllWeekdays);
    }

    private static bool BindSpread(ref CronText text, ulong? spreadHash, bool allowUnbound, ref CronFields fields)
    {
        if (!fields.Has(CronFlags.Spread) || spreadHash is not null)
        {
            return true;
        }

        fields.Flags |= CronFlags.Unbound;
        if (!allowUnbound)
        {
            text.Fail(CronProblem.SpreadKeyMissing, text.FirstSpreadField, text.FirstSpreadPosition, 1);
        }

        return allowUnbound;
    }
}
