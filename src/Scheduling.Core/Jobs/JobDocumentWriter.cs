using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>Writes the members of a job document in a fixed order; those that hold the default are left out.</summary>
internal static class JobDocumentWriter
{
    public static void Write(Utf8JsonWriter writer, JobDefinition definition)
    {
        WriteText(writer, "key", definition.Key);
        WriteText(writer, "name", definition.Name);
        WriteText(writer, "description", definition.Description);
        writer.WriteString("executor", definition.Executor);
        writer.WritePropertyName("schedule");
        WriteSchedule(writer, definition.Schedule);
        WritePayload(writer, definition.Payload);
        if (!definition.Active)
            writer.WriteBoolean("active", value: false);
        if (definition.Misfire != MisfirePolicy.RunOnce)
            WriteMisfire(writer, definition.Misfire);
        if (definition.Overlap != OverlapPolicy.Skip)
            writer.WriteString("overlap", JobDocumentNames.Of(definition.Overlap));
        if (definition.Retry != RetryPolicy.None)
            WriteRetry(writer, definition.Retry);
        if (definition.Timeout != JobDefinition.DefaultTimeout)
            writer.WriteString("timeout", Text(definition.Timeout));
        if (definition.Orphans != OrphanPolicy.Rerun)
            writer.WriteString("orphans", JobDocumentNames.Of(definition.Orphans));
        WriteText(writer, "anchor", definition.Anchor is { } anchor ? InstantPattern.ExtendedIso.Format(anchor) : null);
        WriteText(writer, "spreadKey", definition.SpreadKey);
    }

    public static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    // The form for people wherever it loses nothing.
    private static void WriteSchedule(Utf8JsonWriter writer, Schedule schedule)
    {
        if (ScheduleDocument.TryFrom(schedule, out var document) && document.ToSchedule().IsWrittenLike(schedule))
            DocumentWriter.Write(document, writer);
        else
            writer.WriteRawValue(ScheduleJson.Write(schedule), skipInputValidation: true);
    }

    private static void WritePayload(Utf8JsonWriter writer, JobPayload payload)
    {
        if (payload.IsEmpty)
            return;
        var json = payload.Utf8.Span;
        if (json.ContainsAny((byte)'\n', (byte)'\r') || IsBlank(json[0]) || IsBlank(json[^1]))
        {
            writer.WriteString("payloadText", json);
            return;
        }
        writer.WritePropertyName("payload");
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    private static void WriteMisfire(Utf8JsonWriter writer, MisfirePolicy misfire)
    {
        writer.WriteStartObject("misfire");
        writer.WriteString("mode", JobDocumentNames.Of(misfire.Mode));
        if (misfire.Mode == MisfireMode.RunAll)
            writer.WriteNumber("maximumRuns", misfire.MaximumRuns);
        WriteText(writer, "maximumAge", misfire.MaximumAge is { } age ? Text(age) : null);
        writer.WriteEndObject();
    }

    private static void WriteRetry(Utf8JsonWriter writer, RetryPolicy retry)
    {
        writer.WriteStartObject("retry");
        writer.WriteNumber("maximumRetries", retry.MaximumRetries);
        writer.WriteString("firstDelay", Text(retry.FirstDelay));
        writer.WriteString("maximumDelay", Text(retry.MaximumDelay));
        writer.WriteNumber("factor", retry.Factor);
        writer.WriteEndObject();
    }

    // What .NET's own durations cannot hold (nanoseconds) is written in NodaTime's form, which has a colon behind the days.
    private static string Text(Duration duration)
    {
        var near = duration.ToTimeSpan();
        return Duration.FromTimeSpan(near) == duration ? near.ToString("c") : DurationPattern.Roundtrip.Format(duration);
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';
}
