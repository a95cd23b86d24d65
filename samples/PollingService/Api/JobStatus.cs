using System.Text.Json.Serialization;

namespace PollingService.Api;

/// <summary>Where a run stands, in the service's words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
internal enum JobStatus
{
    [JsonStringEnumMemberName("IN_PROGRESS")]
    InProgress,

    [JsonStringEnumMemberName("PERSISTING_DATA")]
    PersistingData,

    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    [JsonStringEnumMemberName("COMPLETED_WITH_ERRORS")]
    CompletedWithErrors,

    [JsonStringEnumMemberName("FAILED")]
    Failed,
}
