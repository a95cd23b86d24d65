using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scheduling;

/// <summary>What a job hands to its executor: UTF-8 JSON, kept byte for byte.</summary>
/// <remarks>
/// At most 256 KB, well-formed JSON (RFC 8259) at most 128 levels deep, valid UTF-8, no NUL. The default value is "no payload". Types are never stored: the executor names the type it reads,
/// through a source-generated <see cref="JsonTypeInfo{T}"/>. Immutable and thread-safe; equality is by bytes. <see cref="ToString"/> shows only the size, so a payload does not end up in logs.
/// </remarks>
public readonly struct JobPayload : IEquatable<JobPayload>
{
    /// <summary>The most bytes of a payload: 262,144.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int MaximumDepth = 128;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[]? _utf8;

    private JobPayload(byte[] utf8) => _utf8 = utf8;

    /// <summary>Whether there is no payload.</summary>
    public bool IsEmpty => _utf8 is null;

    /// <summary>The bytes as given; empty without a payload.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8;

    /// <summary>Takes a payload from JSON text.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="SchedulingValidationException">The text is not JSON, too large or not well-formed Unicode; the error's field is <c>payload</c>.</exception>
    public static JobPayload FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaximumBytes)
            throw TooLarge(json.Length);
        try
        {
            return Checked(Strict.GetBytes(json));
        }
        catch (EncoderFallbackException)
        {
            throw Invalid("payload has half a surrogate pair: give well-formed text.");
        }
    }

    /// <summary>Takes a payload from JSON bytes, which are copied.</summary>
    /// <param name="utf8">The JSON in UTF-8, without a byte order mark.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="SchedulingValidationException">The bytes are not JSON, too many or not valid UTF-8; the error's field is <c>payload</c>.</exception>
    public static JobPayload FromUtf8(ReadOnlySpan<byte> utf8) =>
        utf8.Length > MaximumBytes ? throw TooLarge(utf8.Length) : Checked(utf8.ToArray());

    /// <summary>Writes a value as the payload.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">How to write it, from a source-generated serializer context.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="SchedulingValidationException">The JSON is too large.</exception>
    public static JobPayload From<T>(T value, JsonTypeInfo<T> type) => FromUtf8(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Reads the payload.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <param name="type">How to read it, from a source-generated serializer context.</param>
    /// <returns>The value; the default value without a payload.</returns>
    /// <exception cref="JsonException">The payload is not what <paramref name="type"/> expects.</exception>
    public T? Read<T>(JsonTypeInfo<T> type) => _utf8 is null ? default : JsonSerializer.Deserialize(_utf8, type);

    /// <summary>The payload as JSON text; null without a payload.</summary>
    /// <returns>The text that was given.</returns>
    public string? ToJson() => _utf8 is null ? null : Encoding.UTF8.GetString(_utf8);

    /// <inheritdoc/>
    public bool Equals(JobPayload other) => Utf8.Span.SequenceEqual(other.Utf8.Span) && IsEmpty == other.IsEmpty;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is JobPayload other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>The size, never the content.</summary>
    /// <returns>A text such as <c>48 bytes of JSON</c>.</returns>
    public override string ToString() => _utf8 is null ? "no payload" : string.Create(CultureInfo.InvariantCulture, $"{_utf8.Length} bytes of JSON");

    /// <summary>Whether two payloads have the same bytes.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they have.</returns>
    public static bool operator ==(JobPayload left, JobPayload right) => left.Equals(right);

    /// <summary>Whether two payloads differ in their bytes.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they do.</returns>
    public static bool operator !=(JobPayload left, JobPayload right) => !left.Equals(right);

    private static JobPayload Checked(byte[] utf8)
    {
        if (utf8.Length > MaximumBytes)
            throw TooLarge(utf8.Length);
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            throw Invalid("payload is not valid UTF-8.");
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaximumDepth });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException broken)
        {
            var line = broken.LineNumber is { } l ? string.Create(CultureInfo.InvariantCulture, $" at line {l + 1}, byte {broken.BytePositionInLine + 1}") : "";
            throw Invalid($"payload is not JSON that can be kept{line}: give one well-formed JSON value, at most {MaximumDepth} levels deep.");
        }
        return new(utf8);
    }

    private static SchedulingValidationException TooLarge(int bytes) => Invalid(string.Create(CultureInfo.InvariantCulture,
        $"payload has {bytes:N0} bytes: at most {MaximumBytes:N0} are allowed. Keep large data elsewhere and hand over where it is."));

    private static SchedulingValidationException Invalid(string message) => new(new ValidationError
    {
        Field = "payload",
        Message = message,
        Allowed = "one JSON value in UTF-8, at most 262,144 bytes",
    });
}
