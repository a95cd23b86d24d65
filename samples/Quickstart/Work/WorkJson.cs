using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quickstart.Work;

/// <summary>How payloads are read: source-generated, so that nothing is reflected over, and strict, so that a mistyped member fails the run instead of being ignored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(SyncRequest))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(PushRequest))]
internal sealed partial class WorkJson : JsonSerializerContext;
