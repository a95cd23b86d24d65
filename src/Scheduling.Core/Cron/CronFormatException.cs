namespace Scheduling.Cron;

/// <summary>A text is not a cron expression. The message says what is wrong, what is allowed and, for near misses, what to write; the properties carry the same as data.</summary>
/// <remarks>The message has at most 300 characters and never repeats more than a few characters of the text, so it can be logged and shown whatever was given.</remarks>
public sealed class CronFormatException : FormatException
{
    internal CronFormatException(string message, CronField? field, int position, string given, string allowed, string? suggestion)
        : base(message)
    {
        Field = field;
        Position = position;
        Given = given;
        Allowed = allowed;
        Suggestion = suggestion;
    }

    /// <summary>The field that is wrong, or null when the text is wrong as a whole (its length, its number of fields, an unknown macro).</summary>
    public CronField? Field { get; }

    /// <summary>Zero-based index of the first wrong character; the length of the text when something is missing at its end.</summary>
    public int Position { get; }

    /// <summary>
    /// What was found: the part of the text that is wrong, at most 40 characters, with invisible characters written as <c>U+00A0</c>; or, for a wrong length
    /// or number of fields, that number. Empty at the end of the text.
    /// </summary>
    public string Given { get; }

    /// <summary>What would have been allowed there, in words.</summary>
    public string Allowed { get; }

    /// <summary>What was probably meant, when that can be told: a text to write instead or a sentence; otherwise null.</summary>
    public string? Suggestion { get; }
}
