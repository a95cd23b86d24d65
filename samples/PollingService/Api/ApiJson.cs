using System.Text.Json.Serialization;

namespace PollingService.Api;

/// <summary>The JSON of every body and answer, generated at build time.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NewInstance))]
[JsonSerializable(typeof(InstanceUpdate))]
[JsonSerializable(typeof(IntegrationInstance))]
[JsonSerializable(typeof(InstancePage))]
[JsonSerializable(typeof(IntegrationJobPage))]
[JsonSerializable(typeof(IntegrationEventPage))]
[JsonSerializable(typeof(Invoked))]
[JsonSerializable(typeof(BulkUpdate))]
[JsonSerializable(typeof(BulkUpdated))]
[JsonSerializable(typeof(Deleted))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(FieldError[]))]
internal sealed partial class ApiJson : JsonSerializerContext;
