using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>A text with what can be read at a place in it: separators, numbers, names. It notes the last thing that was wrong and the first <c>H</c>.</summary>
/// <remarks>
/// The place is not kept here: a method takes one and returns the one behind what it read, or <see cref="Failed"/> when it noted a fault. So the place stays in a register;
/// kept in a field it went through memory with every character.
/// </remarks>
internal ref struct CronText(ReadOnlySpan<char> text)
{
    /// <summary>Instead of a place: the text is wrong, <see cref="Fault"/> says how. As a place it is before the text, where nothing is.</summary>
    public const int Failed = -1;

    /// <summary>Instead of a number: there is none.</summary>
    public const int NoNumber = -1;

    // Beyond every range: what a number of more than two digits is read as.
    private const int TooLarge = 100;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>The last problem noted; none while the default.</summary>
    public CronFault Fault { get; private set; }

    /// <summary>The field of the first <c>H</c>, for the message when no key gives it a value.</summary>
    public CronField FirstSpreadField { get; private set; }

    /// <summary>Where the first <c>H</c> is.</summary>
    public int FirstSpreadPosition { get; private set; }

    /// <summary>The character at a place, or NUL outside of the text. A NUL in the text is no separator and no item, so the two are never mistaken.</summary>
    public readonly char this[int at]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)at < (uint)_text.Length ? _text[at] : '\0';
    }

    public readonly ReadOnlySpan<char> Characters => _text;

    public readonly bool IsEnd(int at) => at >= _text.Length;

    public readonly ReadOnlySpan<char> From(int at) => _text[at..];

    /// <summary>Whether a field ends before this place: by a blank or with the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool EndsField(int at) => (uint)at >= (uint)_text.Length || _text[at] is ' ' or '\t';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SkipBlanks(int at)
    {
        while (this[at] == ' ' || this[at] == '\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads a number of one or two digits: <see cref="NoNumber"/> when there is no digit, one that no field allows when there are more digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int ReadNumber(int at, out int number)
    {
        number = this[at] - '0';
        if ((uint)number > 9)
        {
            number = NoNumber;
            return at;
        }

        var second = this[++at] - '0';
        if ((uint)second <= 9)
        {
            number = char.IsAsciiDigit(this[++at]) ? TooLarge : (number * 10) + second;
        }

        return at;
    }

    /// <summary>Reads a number or name of the field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadValue(int at, CronField field, out int value)
    {
        var end = ReadNumber(at, out value);
        if (value >= CronFieldRange.Min(field) && value <= CronFieldRange.Max(field))
        {
            return end;
        }

        value = ReadName(at, field, value);
        return value < 0 ? Failed : at + CronFieldRange.NameLength;
    }

    /// <summary>Notes an unexpected character, or the end of the text where there should be one.</summary>
    public int Unexpected(int at, CronField field) => Fail(CronProblem.UnexpectedCharacter, field, at, IsEnd(at) ? 0 : 1);

    /// <summary>Notes a problem with the item that begins at <paramref name="start"/>, up to the next separator.</summary>
    public int FailFrom(CronProblem problem, CronField field, int start)
    {
        var length = _text[start..].IndexOfAny(" \t,");
        return Fail(problem, field, start, length < 0 ? _text.Length - start : length);
    }

    /// <summary>Notes a problem with the rest of the field from <paramref name="start"/> on.</summary>
    public int FailField(CronProblem problem, CronField field, int start)
    {
        var length = _text[start..].IndexOfAny(' ', '\t');
        return Fail(problem, field, start, length < 0 ? _text.Length - start : length);
    }

    /// <summary>Notes a problem. Always <see cref="Failed"/>.</summary>
    public int Fail(CronProblem problem, CronField? field, int position, int length)
    {
        Fault = new CronFault(problem, field, position, length);
        return Failed;
    }

    /// <summary>Remembers the first <c>H</c>; later ones change nothing.</summary>
    public void NoteSpread(int at, CronField field)
    {
        if (FirstSpreadField == default)
        {
            (FirstSpreadField, FirstSpreadPosition) = (field, at);
        }
    }

    // Where there is no number of the field: the value of its name, or a fault.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadName(int at, CronField field, int number)
    {
        if (number != NoNumber)
        {
            return FailFrom(CronProblem.OutOfRange, field, at);
        }

        if (!char.IsAsciiLetter(this[at]))
        {
            return Unexpected(at, field);
        }

        var rest = From(at);
        var value = CronFieldRange.ValueOfName(field, rest[..Math.Min(rest.Length, CronFieldRange.NameLength)]);
        rest = rest[Math.Min(rest.Length, CronFieldRange.NameLength)..];
        var goesOn = !rest.IsEmpty && char.IsAsciiLetter(rest[0]) && !IsDaySuffix(field, rest);
        return value < 0 || goesOn ? FailFrom(CronProblem.UnknownName, field, at) : value;
    }

    // "MONL" is Monday and the L of the last one.
    private static bool IsDaySuffix(CronField field, ReadOnlySpan<char> rest) =>
        field == CronField.DayOfWeek && rest[0] is 'L' or 'l' && (rest.Length == 1 || !char.IsAsciiLetter(rest[1]));
}
