using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>A cursor over a text that reads one field at a time: lists of values, ranges, steps, <c>*</c> and <c>H</c>. The rest is in <see cref="CronDayItems"/>.</summary>
internal ref struct CronItemParser(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Zero-based index of the current character.</summary>
    public int Position { get; private set; }

    public CronFault Fault { get; private set; }

    public CronField FirstSpreadField { get; private set; }

    public int FirstSpreadPosition { get; private set; }

    /// <summary>The current character, or NUL at the end. A NUL in the text is no separator and no item, so the two are never mistaken.</summary>
    public readonly char Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)Position < (uint)_text.Length ? _text[Position] : '\0';
    }

    public readonly bool AtEnd => Position >= _text.Length;

    public readonly ReadOnlySpan<char> Rest => _text[Position..];

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

    /// <summary>The most frequent field of all, before anything else is tried: <c>*</c> or <c>?</c> alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadLoneStar(CronField field, ref CronFields fields, out ulong bits)
    {
        bits = CronFieldRange.All(field);
        var next = Position + 1;
        if (Current is not ('*' or '?') || (next < _text.Length && _text[next] is not (' ' or '\t')))
        {
            return false;
        }

        Position = next;
        fields.Flags |= StarFlag(field);
        return true;
    }

    /// <summary>The next most frequent one: a valid number alone. Anything else is left where it is for <see cref="ReadField"/>.</summary>
    public bool TryReadLoneNumber(CronField field, out ulong bits)
    {
        bits = 0;
        var rest = Rest;
        var value = rest.IsEmpty ? -1 : rest[0] - '0';
        if ((uint)value > 9)
        {
            return false;
        }

        var length = 1;
        if (rest.Length > 1 && char.IsAsciiDigit(rest[1]))
        {
            value = (value * 10) + (rest[1] - '0');
            length = 2;
        }

        if ((length < rest.Length && rest[length] is not (' ' or '\t')) || value < CronFieldRange.Min(field) || value > CronFieldRange.Max(field))
        {
            return false;
        }

        bits = 1UL << value;
        Position += length;
        return true;
    }

    /// <summary>Reads one field up to the blank behind it.</summary>
    public bool ReadField(CronField field, ulong spreadHash, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        if (Current is '*' or '?')
        {
            fields.Flags |= StarFlag(field);
        }

        if (field is CronField.DayOfMonth or CronField.DayOfWeek && CronDayItems.Applies(Rest, field))
        {
            return CronDayItems.Read(ref this, field, ref fields, out bits);
        }

        while (true)
        {
            if (!ReadItem(field, spreadHash, ref fields, ref bits))
            {
                return false;
            }

            if (!Accept(','))
            {
                return true;
            }
        }
    }

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

    private bool ReadItem(CronField field, ulong spreadHash, ref CronFields fields, ref ulong bits)
    {
        var start = Position;
        if (Current is 'H' or 'h')
        {
            return ReadSpread(field, spreadHash, ref fields, ref bits);
        }

        int low;
        var high = CronFieldRange.Max(field);
        var open = Current is '*' or '?';
        var ranged = false;
        if (open)
        {
            Position++;
            low = CronFieldRange.Min(field);
        }
        else
        {
            if (!ReadValue(field, out low))
            {
                return false;
            }

            ranged = Accept('-');
            if (ranged && !ReadValue(field, out high))
            {
                return false;
            }
        }

        var step = 1;
        var stepped = Accept('/');
        if (stepped && !ReadStep(field, start, out step))
        {
            return false;
        }

        if (open || ranged || stepped)
        {
            fields.Flags |= IntervalFlag(field);
            bits |= CronSteps.Bits(field, low, high, step);
            if (stepped && !ranged)
            {
                NoteUnevenStep(field, CronFieldRange.Min(field), step, ref fields);
            }
        }
        else
        {
            bits |= 1UL << low;
        }

        return true;
    }

    private static void NoteUnevenStep(CronField field, int low, int step, ref CronFields fields)
    {
        if ((uint)(CronFieldRange.LastDistinct(field) - low + 1) % (uint)step != 0)
        {
            fields.UnevenSteps |= (byte)(1 << (int)field);
        }
    }

    private bool ReadStep(CronField field, int start, out int step) =>
        (TryReadNumber(out step) && step >= 1 && step <= CronFieldRange.Max(field)) || FailFrom(CronProblem.StepOutOfRange, field, start);

    // H, H/n, H(a-b), H(a-b)/n
    private bool ReadSpread(CronField field, ulong spreadHash, ref CronFields fields, ref ulong bits)
    {
        var start = Position++;
        if (!fields.Has(CronFlags.Spread))
        {
            (FirstSpreadField, FirstSpreadPosition) = (field, start);
        }

        fields.Flags |= CronFlags.Spread;
        var low = CronFieldRange.Min(field);
        var high = field == CronField.DayOfMonth ? CronFieldRange.LastSafeDay : CronFieldRange.LastDistinct(field);
        if (Accept('(') && !(ReadValue(field, out low) && Accept('-') && ReadValue(field, out high) && Accept(')') && low <= high))
        {
            return Fault.Problem is not CronProblem.None || FailFrom(CronProblem.SpreadRange, field, start);
        }

        var hash = SpreadHash.Derive(spreadHash, (uint)field);
        if (!Accept('/'))
        {
            bits |= 1UL << (low + (int)SpreadHash.Onto(hash, (ulong)(high - low + 1)));
            return true;
        }

        if (!ReadStep(field, start, out var step))
        {
            return false;
        }

        fields.Flags |= IntervalFlag(field);
        NoteUnevenStep(field, low, step, ref fields);
        low += (int)SpreadHash.Onto(hash, (ulong)Math.Min(step, high - low + 1));
        bits |= CronSteps.Bits(field, low, high, step);
        return true;
    }

    private static bool IsDaySuffix(CronField field, ReadOnlySpan<char> rest) =>
        field == CronField.DayOfWeek && rest[0] is 'L' or 'l' && (rest.Length == 1 || !char.IsAsciiLetter(rest[1]));

    private static CronFlags IntervalFlag(CronField field) => field <= CronField.Hour ? CronFlags.IntervalLike : CronFlags.None;

    private static CronFlags StarFlag(CronField field) => field switch
    {
        <= CronField.Hour => CronFlags.IntervalLike,
        CronField.DayOfMonth => CronFlags.StarDay,
        CronField.DayOfWeek => CronFlags.StarWeekday,
        _ => CronFlags.None,
    };
}
