using System.Text.Json.Serialization;

namespace ScheduledJobsService.Api;

/// <summary>The JSON of every body and answer, generated at build time.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NewJob))]
[JsonSerializable(typeof(JobUpdate))]
[JsonSerializable(typeof(ScheduledJob))]
[JsonSerializable(typeof(ScheduledJobDetails))]
[JsonSerializable(typeof(ScheduledJobPage))]
[JsonSerializable(typeof(HistoryDetails))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(NewJobConfig))]
[JsonSerializable(typeof(JobConfig))]
[JsonSerializable(typeof(Deleted))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(FieldError[]))]
internal sealed partial class ApiJson : JsonSerializerContext;
