using System.Text.Json.Serialization;

namespace ScheduledJobsService.Api;

/// <summary>How a job says when it runs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Frequency>))]
internal enum Frequency
{
    [JsonStringEnumMemberName("CRON_BASED")]
    CronBased,

    [JsonStringEnumMemberName("INTERVAL_BASED")]
    IntervalBased,
}
