using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Scheduling.Schedules;

/// <summary>Reads JSON somebody else wrote: bounded, strict UTF-8, and with problems as values instead of exceptions.</summary>
internal static class JsonInput
{
    internal const int LongestDocument = 16 * 1024;

    private const int LongestShown = 60;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A document has two levels; a third lets a misplaced object be named before it is refused.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    /// <summary>Parses a whole document; the problem is a sentence without a subject.</summary>
    internal static JsonDocument? TryParse(string text, out string? problem)
    {
        // A character is at least a byte, so what is too long is not even encoded.
        if (IsTooLong(text.Length, "characters", out problem)) return null;
        try
        {
            return TryParse(Strict.GetBytes(text), out problem);
        }
        catch (EncoderFallbackException)
        {
            problem = "is not valid Unicode text";
            return null;
        }
    }

    /// <summary>The same for a document in UTF-8.</summary>
    internal static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8, out string? problem)
    {
        if (IsTooLong(utf8.Length, "bytes", out problem)) return null;

        try
        {
            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException malformed)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture, $"is not well-formed JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1})");
            return null;
        }
    }

    /// <summary>The text of a string element; false for other kinds and for text that is not valid Unicode.</summary>
    internal static bool TryGetText(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate as an escape, or bytes that are not UTF-8.
            return false;
        }
    }

    /// <summary>The name of a property; null when it is not valid Unicode.</summary>
    internal static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A value as it can be shown in an error: its JSON, shortened, without control characters.</summary>
    internal static string Show(JsonElement element)
    {
        try
        {
            return Shorten(element.GetRawText());
        }
        catch (InvalidOperationException)
        {
            return "(bytes that are not UTF-8)";
        }
    }

    private static bool IsTooLong(int length, string unit, out string? problem)
    {
        problem = length <= LongestDocument ? null : string.Create(CultureInfo.InvariantCulture, $"has {length} {unit}; allowed are {LongestDocument} bytes");
        return problem is not null;
    }

    internal static string Shorten(string text)
    {
        string shown = text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "…");
        return string.Create(shown.Length, shown, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
        });
    }
}
