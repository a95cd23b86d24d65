using System.Text.Json.Serialization;

namespace ScheduledJobsService.Api;

/// <summary>JSON that goes out as it came in, byte for byte.</summary>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed record RawJson(string Text);
