using System.Runtime.CompilerServices;

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
        var flags = CronFlags.None;
        fields.Seconds = 1;
        if (format == CronFormat.IncludeSeconds)
        {
            at = ReadField(ref text, at, CronField.Second, spreadHash, ref fields, ref flags, out fields.Seconds);
        }

        at = ReadField(ref text, at, CronField.Minute, spreadHash, ref fields, ref flags, out fields.Minutes);
        at = ReadField(ref text, at, CronField.Hour, spreadHash, ref fields, ref flags, out var hours);
        at = ReadField(ref text, at, CronField.DayOfMonth, spreadHash, ref fields, ref flags, out var days);
        at = ReadField(ref text, at, CronField.Month, spreadHash, ref fields, ref flags, out var months);
        at = ReadField(ref text, at, CronField.DayOfWeek, spreadHash, ref fields, ref flags, out var weekdays);
        fields.Hours = (uint)hours;
        fields.Days = (uint)days;
        fields.Months = (ushort)months;
        fields.Weekdays = (byte)((weekdays | (weekdays >> CronFieldRange.SecondSunday)) & CronFields.AllWeekdays);
        fields.Flags |= flags;
        return at == CronText.Failed || text.IsEnd(at) ? at : text.Unexpected(at, CronField.DayOfWeek);
    }

    // A field and the blanks behind it. A field that is missing begins at the end of the text, where its first item is unexpected.
    // The flags of the short way are gathered apart: those in the fields are in memory, where each field would wait for the one before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadField(ref CronText text, int at, CronField field, ulong spreadHash, ref CronFields fields, ref CronFlags flags, out ulong bits)
    {
        if (!CronLoneField.TryRead(text.Characters, ref at, field, ref flags, out bits))
        {
            at = CronItems.ReadField(ref text, at, field, spreadHash, ref fields, out bits);
        }

        return text.SkipBlanks(at);
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
