using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScheduledJobsService.Api;

/// <summary>Writes JSON without reading it again: it was checked when it was stored.</summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Bodies are read by BodyReader.");

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text, skipInputValidation: true);
}
