using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>
/// A job definition as a JSON object, for files and for moving jobs between systems: <c>key</c>, <c>name</c>, <c>description</c>, <c>executor</c>, <c>schedule</c>, <c>payload</c>, <c>active</c>, <c>misfire</c>, <c>overlap</c>, <c>retry</c>,
/// <c>timeout</c>, <c>orphans</c>, <c>anchor</c>, <c>spreadKey</c>. Members that hold the default are left out.
/// </summary>
/// <remarks>
/// <para>
/// What is written comes back equal, but for <see cref="JobDefinition.Source"/>: a copy belongs to no set. The schedule is a <see cref="ScheduleDocument"/>, or, where that cannot hold all of it, an object with <c>kind</c> and <c>v</c>.
/// The payload stands as the JSON that it is; one that spans lines or begins or ends with blanks is a text in <c>payloadText</c>, so that a document is always one line and payloads stay as they are, byte for byte.
/// Durations are <c>[d.]hh:mm:ss[.fffffff]</c>, instants ISO 8601 in UTC.
/// </para>
/// <para>
/// Reading is strict: unknown members, members given twice, wrong types and values out of range are refused, all of them at once, each error naming the path. A member that is null counts as absent, except in <c>payload</c>.
/// Whether the definition holds together is checked when it is stored. Thread-safe.
/// </para>
/// </remarks>
public static class JobDocument
{
    /// <summary>The most bytes of a document: 2,097,152.</summary>
    public const int MaximumBytes = 2 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A payload may have 128 levels and stands inside one more.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 130 };

    /// <summary>Reads a definition.</summary>
    /// <param name="json">A JSON object of at most 2,097,152 bytes.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed.</exception>
    public static JobDefinition Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return Parse(Strict.GetBytes(json));
        }
        catch (EncoderFallbackException)
        {
            throw Broken("The document has half a surrogate pair: give well-formed text.");
        }
    }

    /// <summary>Reads a definition in UTF-8, without a byte order mark.</summary>
    /// <param name="utf8Json">A JSON object of at most 2,097,152 bytes.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed.</exception>
    public static JobDefinition Parse(ReadOnlyMemory<byte> utf8Json)
    {
        var reader = new JobDocumentReader();
        var definition = Read(utf8Json, reader.Read);
        reader.ThrowIfAny();
        return definition!;
    }

    /// <summary>Writes a definition on one line.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>The JSON, without line breaks.</returns>
    public static string ToJson(JobDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, DocumentWriter.Options))
        {
            writer.WriteStartObject();
            JobDocumentWriter.Write(writer, definition);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Parses a document and has its root read while it is open.</summary>
    internal static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        if (utf8.Length > MaximumBytes)
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"The document has {utf8.Length:N0} bytes: at most {MaximumBytes:N0} are allowed."));
        if (!System.Text.Unicode.Utf8.IsValid(utf8.Span))
            throw Broken("The document is not valid UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return read(document.RootElement);
        }
        catch (JsonException malformed)
        {
            throw Broken(string.Create(CultureInfo.InvariantCulture, $"The document is not well-formed JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1})."));
        }
    }

    private static SchedulingValidationException Broken(string message) => new(new ValidationError { Field = DocumentFields.Root, Message = message, Allowed = "a JSON object" });
}
