using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduling.Schedules;

/// <summary>Writes schedule documents, members in a fixed order and null ones left out.</summary>
internal static class DocumentWriter
{
    // Cron texts hold characters such as + and # that the default encoder would escape; nothing here is put into HTML.
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(ScheduleDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, Options)) Write(document, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static void Write(ScheduleDocument document, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, DocumentFields.FrequencyType, document.FrequencyType?.WireName());
        WriteText(writer, DocumentFields.CronExpression, document.CronExpression);
        WriteNumber(writer, DocumentFields.IntervalMinutes, document.IntervalMinutes);
        WriteText(writer, DocumentFields.PollingInterval, document.PollingInterval?.WireName());
        if (document.PollingIntervalCronExpression is { } pins) WriteOverride(writer, DocumentFields.PollingIntervalCronExpression, pins);
        WriteText(writer, DocumentFields.TimeZone, document.TimeZone);
        WriteText(writer, DocumentFields.CronDayRule, document.CronDayRule?.WireName());
        WriteText(writer, DocumentFields.CronFormat, document.CronFormat?.WireName());
        writer.WriteEndObject();
    }

    internal static void WriteOverride(Utf8JsonWriter writer, string name, PollingOverride pins)
    {
        writer.WriteStartObject(name);
        WriteNumber(writer, DocumentFields.Hour, pins.Hour);
        WriteNumber(writer, DocumentFields.DayOfWeek, pins.DayOfWeek);
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number) writer.WriteNumber(name, number);
    }
}
