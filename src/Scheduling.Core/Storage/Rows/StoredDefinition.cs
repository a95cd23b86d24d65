using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Storage.Rows;

/// <summary>
/// The form in which database stores keep a definition beside its plain columns (key, name, description, executor, payload): one JSON object with <c>v</c>, the schedule in its own stored form
/// and the policies that are not the default. What is written comes back equal. Pure and thread-safe.
/// </summary>
internal static class StoredDefinition
{
    private const int Version = 1;

    public static string Write(JobDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, DocumentWriter.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v", Version);
            writer.WritePropertyName("schedule");
            writer.WriteRawValue(ScheduleJson.Write(definition.Schedule), skipInputValidation: true);
            WritePolicies(writer, definition);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the stored form. Never throws for what it finds.</summary>
    /// <param name="json">What <see cref="Write"/> gave.</param>
    /// <param name="columns">The definition with the members that have columns of their own; its schedule is replaced.</param>
    /// <param name="definition">The whole definition, or null.</param>
    /// <param name="problem">What is wrong, as a text for people; null when nothing is.</param>
    public static bool TryRead(string json, JobDefinition columns, [NotNullWhen(true)] out JobDefinition? definition, [NotNullWhen(false)] out string? problem)
    {
        (definition, problem) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schedule", out var schedule))
                problem = "The stored definition has no schedule.";
            else if (root.TryGetProperty("v", out var v) && (!v.TryGetInt32(out var version) || version > Version))
                problem = $"The stored definition has version {v.GetRawText()}, and this node reads up to {Version}.";
            else if (!ScheduleJson.TryRead(schedule.GetRawText(), out var read, out var error))
                problem = error.Message;
            else
                definition = ReadPolicies(root, columns with { Schedule = read });
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            problem = $"The stored definition cannot be read: {broken.Message}";
        }
        return problem is null;
    }

    private static void WritePolicies(Utf8JsonWriter writer, JobDefinition definition)
    {
        if (definition.Misfire != MisfirePolicy.RunOnce)
            WriteMisfire(writer, definition.Misfire);
        if (definition.Overlap != OverlapPolicy.Skip)
            writer.WriteNumber("overlap", (byte)definition.Overlap);
        if (definition.Retry != RetryPolicy.None)
            WriteRetry(writer, definition.Retry);
        if (definition.Timeout != JobDefinition.DefaultTimeout)
            writer.WriteString("timeout", DurationPattern.Roundtrip.Format(definition.Timeout));
        if (definition.Orphans != OrphanPolicy.Rerun)
            writer.WriteNumber("orphans", (byte)definition.Orphans);
        if (definition.Anchor is { } anchor)
            writer.WriteString("anchor", InstantPattern.ExtendedIso.Format(anchor));
        if (definition.SpreadKey is { } key)
            writer.WriteString("spreadKey", key);
        if (definition.Source is { } source)
            WriteSource(writer, source);
    }

    private static void WriteMisfire(Utf8JsonWriter writer, MisfirePolicy misfire)
    {
        writer.WriteStartObject("misfire");
        writer.WriteNumber("mode", (byte)misfire.Mode);
        writer.WriteNumber("runs", misfire.MaximumRuns);
        if (misfire.MaximumAge is { } age)
            writer.WriteString("age", DurationPattern.Roundtrip.Format(age));
        writer.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter writer, RetryPolicy retry)
    {
        writer.WriteStartObject("retry");
        writer.WriteNumber("retries", retry.MaximumRetries);
        writer.WriteString("first", DurationPattern.Roundtrip.Format(retry.FirstDelay));
        writer.WriteString("most", DurationPattern.Roundtrip.Format(retry.MaximumDelay));
        writer.WriteNumber("factor", retry.Factor);
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, JobSource source)
    {
        writer.WriteStartObject("source");
        writer.WriteString("name", source.Name);
        writer.WriteNumber("generation", source.Generation);
        writer.WriteEndObject();
    }

    private static JobDefinition ReadPolicies(JsonElement root, JobDefinition definition) => definition with
    {
        Misfire = root.TryGetProperty("misfire", out var misfire) ? ReadMisfire(misfire) : MisfirePolicy.RunOnce,
        Overlap = root.TryGetProperty("overlap", out var overlap) ? Known((OverlapPolicy)overlap.GetByte()) : OverlapPolicy.Skip,
        Retry = root.TryGetProperty("retry", out var retry) ? ReadRetry(retry) : RetryPolicy.None,
        Timeout = root.TryGetProperty("timeout", out var timeout) ? ReadDuration(timeout) : JobDefinition.DefaultTimeout,
        Orphans = root.TryGetProperty("orphans", out var orphans) ? Known((OrphanPolicy)orphans.GetByte()) : OrphanPolicy.Rerun,
        Anchor = root.TryGetProperty("anchor", out var anchor) ? InstantPattern.ExtendedIso.Parse(anchor.GetString()!).Value : null,
        SpreadKey = root.TryGetProperty("spreadKey", out var key) ? key.GetString() : null,
        Source = root.TryGetProperty("source", out var source) ? ReadSource(source) : null,
    };

    private static MisfirePolicy ReadMisfire(JsonElement json)
    {
        var policy = Known((MisfireMode)json.GetProperty("mode").GetByte()) switch
        {
            MisfireMode.Skip => MisfirePolicy.Skip,
            MisfireMode.RunAll => MisfirePolicy.RunAll(json.GetProperty("runs").GetInt32()),
            _ => MisfirePolicy.RunOnce,
        };
        return policy.WithMaximumAge(json.TryGetProperty("age", out var age) ? ReadDuration(age) : null);
    }

    private static RetryPolicy ReadRetry(JsonElement json) => RetryPolicy.Exponential(
        json.GetProperty("retries").GetInt32(),
        ReadDuration(json.GetProperty("first")),
        ReadDuration(json.GetProperty("most")),
        json.GetProperty("factor").GetDouble());

    private static JobSource ReadSource(JsonElement json) => new() { Name = json.GetProperty("name").GetString()!, Generation = json.GetProperty("generation").GetInt64() };

    // An unparsable value throws UnparsableValueException, which is a FormatException.
    private static Duration ReadDuration(JsonElement json) => DurationPattern.Roundtrip.Parse(json.GetString()!).Value;

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new FormatException($"{typeof(T).Name} {value:D} is unknown.");
}
