using System.Globalization;

namespace Scheduling;

/// <summary>The one rule for tenant ids, job keys, executor keys and owner names: 1-128 characters, ordinal, no control characters, no outer white space.</summary>
internal static class IdentityText
{
    public const int MaximumLength = 128;
    public const string Allowed = "1-128 characters without control characters or outer white space";

    public static ValidationError? Check(string? value, string field)
    {
        if (value is null)
            return Error(field, given: null, $"{field} is required: give {Allowed}.");
        if (value.Length == 0)
            return Error(field, "", $"{field} is empty: give {Allowed}.");
        if (value.Length > MaximumLength)
            return Error(field, Shorten(value), $"{field} has {value.Length.ToString(CultureInfo.InvariantCulture)} characters: give {Allowed}.");
        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
            return Error(field, Shorten(value), $"{field} begins or ends with white space: give {Allowed}.");
        return CheckCharacters(value, field);
    }

    public static void Require(string? value, string field)
    {
        if (Check(value, field) is { } error)
            throw new SchedulingValidationException(error);
    }

    /// <summary>Cuts a text for a message and makes control characters visible, so that a message cannot forge a log line.</summary>
    public static string Shorten(string value, int length = 40)
    {
        var cut = value.Length <= length ? value : string.Concat(value.AsSpan(0, length), "…");
        return string.Create(cut.Length, cut, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) || IsDirectional(text[i]) ? '·' : text[i];
        });
    }

    private static ValidationError? CheckCharacters(string value, string field)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]) || value[i] is '\u2028' or '\u2029')
                return Error(field, Shorten(value), $"{field} has a control character at position {i.ToString(CultureInfo.InvariantCulture)}: give {Allowed}.");
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return Error(field, Shorten(value), $"{field} has half a surrogate pair at position {i.ToString(CultureInfo.InvariantCulture)}: give well-formed text.");
            i++;
        }
        return null;
    }

    // Right-to-left overrides and their kin make a log line read as another one.
    private static bool IsDirectional(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    private static ValidationError Error(string field, string? given, string message) =>
        new() { Field = field, Given = given, Allowed = Allowed, Message = message };
}
