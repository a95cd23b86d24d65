using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduling.Schedules;

/// <summary>Reads and writes <see cref="ScheduleDocument"/> inside other JSON types. Needs no reflection, so it works with source generation and trimming.</summary>
internal sealed class ScheduleDocumentJsonConverter : JsonConverter<ScheduleDocument>
{
    public override ScheduleDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        try
        {
            return ScheduleDocument.Parse(document.RootElement);
        }
        catch (SchedulingValidationException refused)
        {
            throw new JsonException(refused.Message, refused);
        }
    }

    public override void Write(Utf8JsonWriter writer, ScheduleDocument value, JsonSerializerOptions options) => DocumentWriter.Write(value, writer);
}
