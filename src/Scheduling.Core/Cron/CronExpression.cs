using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Cron;

/// <summary>
/// A cron expression: a set of instants for each time zone, described by five fields, or six with seconds.
/// </summary>
/// <remarks>
/// <para>
/// Fields are separated by spaces or tabs and hold lists (<c>,</c>) of values, ranges (<c>-</c>, also over the end: <c>22-2</c>, <c>FRI-MON</c>), steps (<c>/</c>),
/// <c>*</c> or <c>?</c> for every value, names (<c>JAN</c>, <c>MON</c>) and <c>H</c> for a value chosen from a key. Days may be <c>L L-n W nW LW L-nW n#k nL</c>.
/// <c>@yearly @annually @monthly @weekly @daily @midnight @hourly @every_minute @every_second</c> stand for whole expressions. After POSIX crontab, Vixie cron,
/// Quartz and Jenkins; docs/semantics.md has the grammar, docs/cron-compared.md the differences.
/// </para>
/// <para>
/// Local times that a change of offset skips map to the first instant after the gap, merged into one. Local times that occur twice fire in the first pass only,
/// unless second, minute or hour has <c>*</c>, a range or a step: such an expression fires in both. Years -9998 to 9999; the answer is null when nothing matches.
/// </para>
/// <para>Immutable and thread-safe. Equal when they mean the same: <c>0 0 * * 1-5</c> and <c>0 0 ? * MON-FRI</c> are.</para>
/// </remarks>
public sealed partial class CronExpression : IEquatable<CronExpression>
{
    // Written by the parser before anybody else sees the expression, never again.
    private CronFields _fields;

    private CronExpression(string text, CronFormat format, CronDayRule dayRule)
    {
        Text = text;
        Format = format;
        DayRule = dayRule;
    }

    /// <summary>The text as it was written, blanks, names and <c>H</c> included.</summary>
    public string Text { get; }

    /// <summary>The format the text was read with.</summary>
    public CronFormat Format { get; }

    /// <summary>The day rule the text was read with, also when it makes no difference.</summary>
    public CronDayRule DayRule { get; }

    /// <summary>
    /// What is doubtful about the expression, in a fixed order; empty for most. Computed at every call in well under a millisecond; keep the list instead of asking in a loop.
    /// </summary>
    public IReadOnlyList<CronWarning> Warnings => CronWarnings.Of(_fields);

    /// <summary>Whether the text has <c>H</c> and no key has given it a value yet.</summary>
    internal bool NeedsSpreadKey => _fields.Has(CronFlags.Unbound);

    internal ref readonly CronFields Fields => ref _fields;

    /// <summary>Reads an expression without <c>H</c>.</summary>
    /// <param name="text">The expression, at most 256 characters; outer blanks are allowed.</param>
    /// <param name="format">Five fields (default) or six with seconds.</param>
    /// <param name="dayRule">What two restricted day fields mean; default both must match.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is not one of the enum's.</exception>
    /// <exception cref="CronFormatException">The text is not an expression of this format, or has <c>H</c>.</exception>
    public static CronExpression Parse(string text, CronFormat format = CronFormat.Standard, CronDayRule dayRule = CronDayRule.Both) =>
        ParseCore(text, format, dayRule, null, allowUnbound: false);

    /// <summary>Reads an expression; <c>H</c> is allowed when the options have a spread key.</summary>
    /// <param name="text">The expression, at most 256 characters; outer blanks are allowed.</param>
    /// <param name="options">Format, day rule and spread key.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value in <paramref name="options"/> is not one of its enum's.</exception>
    /// <exception cref="CronFormatException">The text is not an expression of this format, or has <c>H</c> and the options no key.</exception>
    public static CronExpression Parse(string text, CronOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ParseCore(text, options.Format, options.DayRule, HashOf(options), allowUnbound: false);
    }

    /// <summary>Reads an expression without <c>H</c>; unlike <see cref="Parse(string, CronFormat, CronDayRule)"/>, answers false for a wrong one.</summary>
    /// <param name="text">The expression; null gives false.</param>
    /// <param name="expression">The expression, when the answer is true.</param>
    /// <returns>Whether the text is a cron expression.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CronExpression? expression) =>
        TryParse(text, CronFormat.Standard, CronDayRule.Both, out expression);

    /// <summary>Reads an expression without <c>H</c>; unlike <see cref="Parse(string, CronFormat, CronDayRule)"/>, answers false for a wrong one.</summary>
    /// <param name="text">The expression; null gives false.</param>
    /// <param name="format">Five fields or six with seconds.</param>
    /// <param name="expression">The expression, when the answer is true.</param>
    /// <returns>Whether the text is a cron expression.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not one of the enum's.</exception>
    public static bool TryParse([NotNullWhen(true)] string? text, CronFormat format, [NotNullWhen(true)] out CronExpression? expression) =>
        TryParse(text, format, CronDayRule.Both, out expression);

    /// <summary>Reads an expression without <c>H</c>; unlike <see cref="Parse(string, CronFormat, CronDayRule)"/>, answers false for a wrong one.</summary>
    /// <param name="text">The expression; null gives false.</param>
    /// <param name="format">Five fields or six with seconds.</param>
    /// <param name="dayRule">What two restricted day fields mean.</param>
    /// <param name="expression">The expression, when the answer is true.</param>
    /// <returns>Whether the text is a cron expression.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not one of the enum's.</exception>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, CronFormat format, CronDayRule dayRule, [NotNullWhen(true)] out CronExpression? expression) =>
        TryParseCore(text, format, dayRule, null, allowUnbound: false, out expression, out _);

    /// <summary>Reads an expression; unlike <see cref="Parse(string, CronOptions)"/>, answers false for a wrong one.</summary>
    /// <param name="text">The expression; null gives false.</param>
    /// <param name="options">Format, day rule and spread key.</param>
    /// <param name="expression">The expression, when the answer is true.</param>
    /// <returns>Whether the text is a cron expression.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value in <paramref name="options"/> is not one of its enum's.</exception>
    public static bool TryParse([NotNullWhen(true)] string? text, CronOptions options, [NotNullWhen(true)] out CronExpression? expression)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TryParseCore(text, options.Format, options.DayRule, HashOf(options), allowUnbound: false, out expression, out _);
    }

    /// <summary>Reads an expression whose <c>H</c> gets its value later, by <see cref="Bind"/>. Until then it has no occurrences to ask for.</summary>
    internal static CronExpression ParseUnbound(string text, CronFormat format = CronFormat.Standard, CronDayRule dayRule = CronDayRule.Both) =>
        ParseCore(text, format, dayRule, null, allowUnbound: true);

    /// <summary>The expression with values for <c>H</c>; itself when it needs none.</summary>
    internal CronExpression Bind(ulong spreadHash) => NeedsSpreadKey ? ParseCore(Text, Format, DayRule, spreadHash, allowUnbound: false) : this;

    /// <summary>
    /// The same meaning in one agreed form: numbers instead of names, lists in order, runs as ranges and steps, values instead of <c>H</c>.
    /// Parsed with the same format and day rule it gives an equal expression. Equal expressions of one format and day rule have the same canonical form,
    /// unless it would be longer than a text may be: then it is <see cref="Text"/>.
    /// </summary>
    /// <returns>A text that parses to an equal expression.</returns>
    /// <exception cref="InvalidOperationException">The expression has an <c>H</c> without a value; only this library's own code can get such a one.</exception>
    public string ToCanonicalString()
    {
        RequireBound();
        var canonical = CronCanonicalText.Write(_fields, Format, DayRule);
        return canonical.Length <= CronParser.MaxLength ? canonical : Text;
    }

    /// <summary>The text as it was written.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    /// <summary>Whether two expressions mean the same in every zone; how they are written, their format and a day rule without effect do not count.</summary>
    /// <param name="other">The expression to compare with; null equals nothing.</param>
    /// <returns>True when both mean the same.</returns>
    public bool Equals([NotNullWhen(true)] CronExpression? other) =>
        other is not null && CronFields.SameMeaning(_fields, other._fields) && NeedsSpreadKey == other.NeedsSpreadKey && (!NeedsSpreadKey || string.Equals(Text, other.Text, StringComparison.Ordinal));

    /// <inheritdoc cref="Equals(CronExpression?)"/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as CronExpression);

    /// <summary>A hash code that fits <see cref="Equals(CronExpression?)"/>. Not stable between processes.</summary>
    /// <returns>The same for equal expressions, within a process.</returns>
    public override int GetHashCode() => HashCode.Combine(
        _fields.Seconds, _fields.Minutes, _fields.Hours, _fields.Days, _fields.Months, _fields.Weekdays, _fields.Nth | (_fields.LastDayOffset << 8), _fields.Flags & CronFlags.Meaning);

    /// <inheritdoc cref="Equals(CronExpression?)"/>
    public static bool operator ==(CronExpression? left, CronExpression? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two expressions differ in meaning.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they mean different things.</returns>
    public static bool operator !=(CronExpression? left, CronExpression? right) => !(left == right);

    private static ulong? HashOf(CronOptions options) => options.SpreadKey is null ? null : SpreadHash.Of(options.SpreadKey);

    private static CronExpression ParseCore(string text, CronFormat format, CronDayRule dayRule, ulong? spreadHash, bool allowUnbound)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParseCore(text, format, dayRule, spreadHash, allowUnbound, out var expression, out var fault)
            ? expression
            : throw CronFaultText.ToException(text, format, fault);
    }

    private static bool TryParseCore(
        string? text,
        CronFormat format,
        CronDayRule dayRule,
        ulong? spreadHash,
        bool allowUnbound,
        [NotNullWhen(true)] out CronExpression? expression,
        out CronFault fault)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((byte)format, (byte)CronFormat.IncludeSeconds, nameof(format));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((byte)dayRule, (byte)CronDayRule.Either, nameof(dayRule));
        fault = default;
        expression = null;
        if (text is null)
        {
            return false;
        }

        var read = new CronExpression(text, format, dayRule);
        if (!CronParser.TryParse(text, format, dayRule, spreadHash, allowUnbound, ref read._fields, out fault))
        {
            return false;
        }

        expression = read;
        return true;
    }

    private void RequireBound()
    {
        if (NeedsSpreadKey)
        {
            throw new InvalidOperationException("The cron expression has an H without a value: bind it to a spread hash first.");
        }
    }
}
