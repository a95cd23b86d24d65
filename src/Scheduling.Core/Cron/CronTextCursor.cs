using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>A place in a text, with what can be read there: separators, numbers, names. It notes the first thing that is wrong and the first <c>H</c>.</summary>
internal ref struct CronTextCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Zero-based index of the current character.</summary>
    public int Position { get; private set; }

    /// <summary>The last problem noted; none while the default.</summary>
    public CronFault Fault { get; private set; }

    /// <summary>The field of the first <c>H</c>, for the message when no key gives it a value.</summary>
    public CronField FirstSpreadField { get; private set; }

    /// <summary>Where the first <c>H</c> is.</summary>
    public int FirstSpreadPosition { get; private set; }

    /// <summary>The current character, or NUL at the end. A NUL in the text is no separator and no item, so the two are never mistaken.</summary>
    public readonly char Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)Position < (uint)_text.Length ? _text[Position] : '\0';
    }

    public readonly bool AtEnd => Position >= _text.Length;

    public readonly ReadOnlySpan<char> Rest => _text[Position..];

    /// <summary>Whether a field that has this many characters from here on ends there: by a blank or with the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool EndsFieldAt(int length) =>
        Position + length >= _text.Length || _text[Position + length] is ' ' or '\t';

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Position++;
        }
    }

    /// <summary>Goes past the blanks between two fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextField(CronField after)
    {
        if (Current is not (' ' or '\t'))
        {
            return Unexpected(after);
        }

        Position++;
        SkipBlanks();
        return true;
    }

    public bool EndOfText()
    {
        SkipBlanks();
        return AtEnd || Unexpected(CronField.DayOfWeek);
    }

    /// <summary>Goes past the next <paramref name="count"/> characters.</summary>
    public void Skip(int count) => Position += count;

    /// <summary>Goes past a character if it is the current one.</summary>
    public bool Accept(char character)
    {
        if (Current != character || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Reads a number of one or two digits; false (without a fault) when there is none or it has more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNumber(out int number)
    {
        number = Current - '0';
        if ((uint)number > 9)
        {
            return false;
        }

        Position++;
        var second = Current - '0';
        if ((uint)second <= 9)
        {
            number = (number * 10) + second;
            Position++;
        }

        return !char.IsAsciiDigit(Current);
    }

    /// <summary>Reads a number or name of the field.</summary>
    public bool ReadValue(CronField field, out int value)
    {
        var start = Position;
        if (TryReadNumber(out value))
        {
            return (value >= CronFieldRange.Min(field) && value <= CronFieldRange.Max(field)) || FailFrom(CronProblem.OutOfRange, field, start);
        }

        if (Position > start)
        {
            return FailFrom(CronProblem.OutOfRange, field, start);
        }

        if (!char.IsAsciiLetter(Current))
        {
            return Unexpected(field);
        }

        value = CronFieldRange.ValueOfName(field, Rest.Length >= 3 ? Rest[..3] : Rest);
        if (value < 0 || (Rest.Length > 3 && char.IsAsciiLetter(Rest[3]) && !IsDaySuffix(field, Rest[3..])))
        {
            return FailFrom(CronProblem.UnknownName, field, start);
        }

        Position += 3;
        return true;
    }

    /// <summary>Notes a problem at the current character.</summary>
    public bool Unexpected(CronField field) => Fail(CronProblem.UnexpectedCharacter, field, Position, AtEnd ? 0 : 1);

    /// <summary>Notes a problem with the item that began at <paramref name="start"/>, up to the next separator.</summary>
    public bool FailFrom(CronProblem problem, CronField field, int start)
    {
        var length = _text[start..].IndexOfAny(" \t,");
        return Fail(problem, field, start, length < 0 ? _text.Length - start : length);
    }

    /// <summary>Notes a problem. Always false.</summary>
    public bool Fail(CronProblem problem, CronField? field, int position, int length)
    {
        Fault = new CronFault(problem, field, position, length);
        return false;
    }

    /// <summary>Remembers the first <c>H</c>; later ones change nothing.</summary>
    public void NoteSpread(CronField field, int position)
    {
        if (FirstSpreadField == default)
        {
            (FirstSpreadField, FirstSpreadPosition) = (field, position);
        }
    }

    // "MONL" is Monday and the L of the last one.
    private static bool IsDaySuffix(CronField field, ReadOnlySpan<char> rest) =>
        field == CronField.DayOfWeek && rest[0] is 'L' or 'l' && (rest.Length == 1 || !char.IsAsciiLetter(rest[1]));
}
