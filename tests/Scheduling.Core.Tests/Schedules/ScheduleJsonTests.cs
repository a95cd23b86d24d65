using NodaTime;
using Scheduling.Cron;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

/// <summary>The stored form. Its texts are a contract with rows already written: a change of one of these lines needs a new version.</summary>
public class ScheduleJsonTests
{
    public static TheoryData<string, Schedule> Stored() => new()
    {
        { """{"kind":"manual","v":1}""", Schedule.Manual },
        { """{"kind":"polling","v":1,"interval":"ONE_DAY"}""", Schedule.Polling(PollingInterval.OneDay) },
        { """{"kind":"polling","v":1,"interval":"DISABLED","override":{}}""", Schedule.Polling(PollingInterval.Disabled, new PollingOverride()) },
        { """{"kind":"polling","v":1,"interval":"ONE_WEEK","override":{"hour":0,"dayOfWeek":6},"spread":600000}""", Schedule.Polling(PollingInterval.OneWeek, 0, 6).WithSpread(Duration.FromMinutes(10)) },
        { """{"kind":"cron","v":1,"text":"@daily","zone":"UTC","format":"STANDARD","dayRule":"BOTH"}""", Schedule.Cron("@daily") },
        {
            """{"kind":"cron","v":1,"text":"0 H 6 13 * FRI","zone":"Europe/Paris","format":"INCLUDE_SECONDS","dayRule":"EITHER","spread":1}""",
            Schedule.Cron("0 H 6 13 * FRI", "Europe/Paris", CronFormat.IncludeSeconds, CronDayRule.Either).WithSpread(Duration.FromMilliseconds(1))
        },
        { """{"kind":"cron","v":1,"text":"0 0 * * *","zone":"Not/AZone","format":"STANDARD","dayRule":"BOTH"}""", Schedule.Cron("0 0 * * *", "Not/AZone") },
        { """{"kind":"interval","v":1,"seconds":90}""", Schedule.Interval(Duration.FromSeconds(90)) },
        { """{"kind":"interval","v":1,"seconds":128849018820}""", Schedule.Interval(Duration.FromMinutes((long)int.MaxValue)) },
        { """{"kind":"once","v":1,"at":"2026-03-04T15:30:20Z"}""", Schedule.Once(At.Utc("2026-03-04T15:30:20Z")) },
        { """{"kind":"once","v":1,"at":"9999-12-31T23:59:59Z"}""", Schedule.Once(Instant.MaxValue) },
    };

    [Theory]
    [MemberData(nameof(Stored))]
    public void WriteAndRead_EveryKind_IsTheCommittedText(string json, Schedule schedule)
    {
        Assert.Equal(json, ScheduleJson.Write(schedule));
        Assert.True(ScheduleJson.TryRead(json, out Schedule? read, out ScheduleJsonError? error));
        Assert.Null(error);
        Assert.True(schedule.IsWrittenLike(read));
    }

    [Theory]
    [InlineData("""{"kind":"lunar","v":1}""", ScheduleJsonProblem.UnknownKind, "lunar")]
    [InlineData("""{"kind":"rrule","v":7,"text":"FREQ=DAILY"}""", ScheduleJsonProblem.UnknownKind, "rrule")]
    [InlineData("""{"kind":"interval","v":2,"every":"P1D"}""", ScheduleJsonProblem.NewerVersion, "form 2")]
    [InlineData("", ScheduleJsonProblem.Malformed, "not well-formed")]
    [InlineData("[]", ScheduleJsonProblem.Malformed, "'kind'")]
    [InlineData("{}", ScheduleJsonProblem.Malformed, "'kind'")]
    [InlineData("""{"kind":"manual"}""", ScheduleJsonProblem.Malformed, "'v'")]
    [InlineData("""{"kind":"manual","v":0}""", ScheduleJsonProblem.Malformed, "'v'")]
    [InlineData("""{"kind":"manual","v":"1"}""", ScheduleJsonProblem.Malformed, "'v'")]
    [InlineData("""{"kind":1,"v":1}""", ScheduleJsonProblem.Malformed, "'kind'")]
    [InlineData("""{"kind":"interval","v":1}""", ScheduleJsonProblem.Malformed, "'seconds'")]
    [InlineData("""{"kind":"interval","v":1,"seconds":0}""", ScheduleJsonProblem.Malformed, "'seconds'")]
    [InlineData("""{"kind":"interval","v":1,"seconds":1.5}""", ScheduleJsonProblem.Malformed, "'seconds'")]
    [InlineData("""{"kind":"interval","v":1,"seconds":9223372036854775807}""", ScheduleJsonProblem.Malformed, "'seconds'")]
    [InlineData("""{"kind":"interval","v":1,"seconds":60,"spread":60001}""", ScheduleJsonProblem.Malformed, "'spread'")]
    [InlineData("""{"kind":"polling","v":1,"interval":"one_day"}""", ScheduleJsonProblem.Malformed, "'interval'")]
    [InlineData("""{"kind":"polling","v":1,"interval":"ONE_DAY","override":null}""", ScheduleJsonProblem.Malformed, "")]
    [InlineData("""{"kind":"polling","v":1,"interval":"ONE_DAY","override":{"hour":24}}""", ScheduleJsonProblem.Malformed, "hour")]
    [InlineData("""{"kind":"cron","v":1,"text":"61 * * * *","zone":"UTC","format":"STANDARD","dayRule":"BOTH"}""", ScheduleJsonProblem.Malformed, "minute")]
    [InlineData("""{"kind":"cron","v":1,"text":"* * * * *","zone":"","format":"STANDARD","dayRule":"BOTH"}""", ScheduleJsonProblem.Malformed, "IANA")]
    [InlineData("""{"kind":"cron","v":1,"text":"* * * * *","zone":"UTC","format":"x","dayRule":"BOTH"}""", ScheduleJsonProblem.Malformed, "'format'")]
    [InlineData("""{"kind":"cron","v":1,"text":"\ud800","zone":"UTC","format":"STANDARD","dayRule":"BOTH"}""", ScheduleJsonProblem.Malformed, "'text'")]
    [InlineData("""{"kind":"once","v":1,"at":"tomorrow"}""", ScheduleJsonProblem.Malformed, "")]
    [InlineData("""{"kind":"System.Diagnostics.Process","v":1}""", ScheduleJsonProblem.UnknownKind, "System.Diagnostics.Process")]
    public void TryRead_WhatIsNotOurs_SaysWhetherItIsDamagedOrNewer(string json, ScheduleJsonProblem problem, string message)
    {
        Assert.False(ScheduleJson.TryRead(json, out Schedule? schedule, out ScheduleJsonError? error));
        Assert.Null(schedule);
        Assert.Equal(problem, error.Problem);
        Assert.Contains(message, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void TryRead_EveryPrefixOfAStoredForm_NeverThrows()
    {
        foreach (string json in Stored().Select(row => (string)row.Data.Item1))
        {
            for (int length = 0; length < json.Length; length++) Assert.False(ScheduleJson.TryRead(json[..length], out _, out _));
        }
    }
}
