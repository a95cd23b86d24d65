using System.Text.Json.Serialization;

namespace PollingService.Api;

/// <summary>The polling intervals, named as the library names them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Interval>))]
internal enum Interval
{
    [JsonStringEnumMemberName("DISABLED")]
    Disabled,

    [JsonStringEnumMemberName("FIFTEEN_MINUTES")]
    FifteenMinutes,

    [JsonStringEnumMemberName("THIRTY_MINUTES")]
    ThirtyMinutes,

    [JsonStringEnumMemberName("ONE_HOUR")]
    OneHour,

    [JsonStringEnumMemberName("FOUR_HOURS")]
    FourHours,

    [JsonStringEnumMemberName("EIGHT_HOURS")]
    EightHours,

    [JsonStringEnumMemberName("TWELVE_HOURS")]
    TwelveHours,

    [JsonStringEnumMemberName("ONE_DAY")]
    OneDay,

    [JsonStringEnumMemberName("ONE_WEEK")]
    OneWeek,
}
