using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduling.Schedules;

namespace PollingService.Api;

/// <summary>The hour and weekday (UTC) of polling, each optional: what is absent is not pinned.</summary>
[Description("The hour and weekday (UTC); applied by ONE_DAY (hour) and ONE_WEEK (both), kept by every interval.")]
internal sealed record CronPin
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0, 23)]
    public int? Hour { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Range(0, 6)]
    [Description("0 is Sunday, 6 Saturday.")]
    public int? DayOfWeek { get; init; }

    public static CronPin? Of(PollingOverride? given) => given is { } pin ? new CronPin { Hour = pin.Hour, DayOfWeek = pin.DayOfWeek } : null;
}
