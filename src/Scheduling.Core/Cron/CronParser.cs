using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>
/// Reads the fields of a text from left to right, once, without recursion and without allocating. A method that returns false has left the reason
/// in <see cref="Fault"/>. The grammar is in docs/semantics.md; one field is read by <see cref="CronItems"/>.
/// </summary>
internal ref struct CronParser
{
    /// <summary>The longest text that is read.</summary>
    public const int MaxLength = 256;

    private readonly ulong? _spreadHash;
    private readonly bool _allowUnbound;
    private CronTextCursor _cursor;

    private CronParser(ReadOnlySpan<char> text, ulong? spreadHash, bool allowUnbound)
    {
        _spreadHash = spreadHash;
        _allowUnbound = allowUnbound;
        _cursor = new CronTextCursor(text);
    }

    /// <summary>What is wrong, when parsing failed.</summary>
    public readonly CronFault Fault => _cursor.Fault;

    /// <summary>Reads a whole text.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <param name="format">Five or six fields.</param>
    /// <param name="dayRule">The rule for two restricted day fields.</param>
    /// <param name="spreadHash">What <c>H</c> takes its values from, or null.</param>
    /// <param name="allowUnbound">Whether <c>H</c> without a hash is left for later instead of refused.</param>
    /// <param name="fields">The meaning, when true is returned.</param>
    /// <param name="fault">The problem, when false is returned.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text, CronFormat format, CronDayRule dayRule, ulong? spreadHash, bool allowUnbound, out CronFields fields, out CronFault fault)
    {
        fields = default;
        if (text.Length > MaxLength)
        {
            fault = new CronFault(CronProblem.TooLong, null, MaxLength, 0);
            return false;
        }

        var parser = new CronParser(text, spreadHash, allowUnbound);
        var parsed = parser.ReadAll(format, ref fields);
        if (!parsed)
        {
            fault = CronFieldCount.Check(text, format) ?? parser.Fault;
            return false;
        }

        fields.Complete(dayRule);
        fault = default;
        return true;
    }

    private bool ReadAll(CronFormat format, ref CronFields fields)
    {
        _cursor.SkipBlanks();
        if (_cursor.Current == '@')
        {
            return ReadMacro(ref fields);
        }

        return ReadFields(format, ref fields) && BindSpread(ref fields);
    }

    private bool ReadMacro(ref CronFields fields)
    {
        var name = _cursor.Rest.TrimEnd(" \t");
        var expansion = CronMacros.Expand(name, out var format);
        if (expansion is null)
        {
            return _cursor.Fail(CronProblem.UnknownMacro, null, _cursor.Position, name.Length);
        }

        _cursor = new CronTextCursor(expansion);
        return ReadFields(format, ref fields);
    }

    private bool ReadFields(CronFormat format, ref CronFields fields)
    {
        if (format == CronFormat.IncludeSeconds)
        {
            if (!ReadField(CronField.Second, ref fields, out fields.Seconds) || !_cursor.NextField(CronField.Second))
            {
                return false;
            }
        }
        else
        {
            fields.Seconds = 1;
        }

        if (!ReadField(CronField.Minute, ref fields, out fields.Minutes) || !_cursor.NextField(CronField.Minute)
            || !ReadField(CronField.Hour, ref fields, out var hours) || !_cursor.NextField(CronField.Hour)
            || !ReadField(CronField.DayOfMonth, ref fields, out var days) || !_cursor.NextField(CronField.DayOfMonth)
            || !ReadField(CronField.Month, ref fields, out var months) || !_cursor.NextField(CronField.Month)
            || !ReadField(CronField.DayOfWeek, ref fields, out var weekdays) || !_cursor.EndOfText())
        {
            return false;
        }

        fields.Hours = (uint)hours;
        fields.Days = (uint)days;
        fields.Months = (ushort)months;
        fields.Weekdays = (byte)((weekdays | (weekdays >> CronFieldRange.SecondSunday)) & CronFields.AllWeekdays);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadField(CronField field, ref CronFields fields, out ulong bits) =>
        CronItems.TryReadLoneStar(ref _cursor, field, ref fields, out bits) || CronItems.TryReadLoneNumber(ref _cursor, field, out bits) || CronItems.ReadField(ref _cursor, field, _spreadHash ?? 0, ref fields, out bits);

    private bool BindSpread(ref CronFields fields)
    {
        if (!fields.Has(CronFlags.Spread) || _spreadHash is not null)
        {
            return true;
        }

        fields.Flags |= CronFlags.Unbound;
        return _allowUnbound || _cursor.Fail(CronProblem.SpreadKeyMissing, _cursor.FirstSpreadField, _cursor.FirstSpreadPosition, 1);
    }
}
