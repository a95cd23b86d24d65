using System.Text;
using NodaTime;
using Scheduling.Cron;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Jobs;

/// <summary>Definitions as JSON: what is written comes back, and what is wrong is named.</summary>
public class JobDocumentTests
{
    private static readonly JobDefinition Plain = new() { Key = "github", Executor = "integration.sync", Schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0) };

    public static TheoryData<string, JobDefinition> Definitions => new()
    {
        { """{"key":"github","executor":"integration.sync","schedule":{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0}}}""", Plain },
        { """{"executor":"integration.sync","schedule":{"kind":"manual","v":1}}""", Plain with { Key = null, Schedule = Schedule.Manual } },
        { """{"key":"github","executor":"integration.sync","schedule":{"frequencyType":"CRON_BASED","cronExpression":"@daily","timeZone":"Europe/Berlin","cronDayRule":"EITHER"}}""", Plain with { Schedule = Schedule.Cron("@daily", "Europe/Berlin", dayRule: CronDayRule.Either) } },
        { """{"key":"github","executor":"integration.sync","schedule":{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}}""", Plain with { Schedule = Schedule.Interval(Duration.FromMinutes(5)) } },
        { """{"key":"github","executor":"integration.sync","schedule":{"kind":"interval","v":1,"seconds":5}}""", Plain with { Schedule = Schedule.Interval(Duration.FromSeconds(5)) } },
        { """{"key":"github","executor":"integration.sync","schedule":{"kind":"interval","v":1,"seconds":300,"spread":1000}}""", Plain with { Schedule = Schedule.Interval(Duration.FromMinutes(5)).WithSpread(Duration.FromSeconds(1)) } },
        { """{"key":"github","executor":"integration.sync","schedule":{"kind":"once","v":1,"at":"2026-03-04T00:00:00Z"}}""", Plain with { Schedule = Schedule.Once(Instant.FromUtc(2026, 3, 4, 0, 0)) } },
        { """{"key":"github","executor":"integration.sync","schedule":{"pollingInterval":"FOUR_HOURS","pollingIntervalCronExpression":{}}}""", Plain with { Schedule = Schedule.Polling(PollingInterval.FourHours, new PollingOverride(null, null)) } },
        {
            """{"key":"github","name":"Zürich \"№1\"","description":"two\nlines","executor":"integration.sync","schedule":{"kind":"manual","v":1},"active":false,"misfire":{"mode":"RUN_ALL","maximumRuns":7,"maximumAge":"1.00:00:00"},"overlap":"QUEUE_ONE","retry":{"maximumRetries":3,"firstDelay":"00:00:01.5000000","maximumDelay":"00:10:00","factor":1.5},"timeout":"00:30:00","orphans":"ABANDON","anchor":"2026-03-04T12:00:01Z","spreadKey":"same"}""",
            Plain with
            {
                Name = "Zürich \"№1\"",
                Description = "two\nlines",
                Schedule = Schedule.Manual,
                Active = false,
                Misfire = MisfirePolicy.RunAll(7).WithMaximumAge(Duration.FromDays(1)),
                Overlap = OverlapPolicy.QueueOne,
                Retry = RetryPolicy.Exponential(3, Duration.FromMilliseconds(1_500), Duration.FromMinutes(10), 1.5),
                Timeout = Duration.FromMinutes(30),
                Orphans = OrphanPolicy.Abandon,
                Anchor = Instant.FromUtc(2026, 3, 4, 12, 0, 1),
                SpreadKey = "same",
            }
        },
        { """{"key":"github","executor":"integration.sync","schedule":{"kind":"manual","v":1},"misfire":{"mode":"SKIP"},"overlap":"ALLOW","timeout":"0:00:00:00.000000001"}""", Plain with { Schedule = Schedule.Manual, Misfire = MisfirePolicy.Skip, Overlap = OverlapPolicy.Allow, Timeout = Duration.FromNanoseconds(1) } },
    };

    [Theory]
    [MemberData(nameof(Definitions))]
    public void ToJson_EachMember_ComesBackEqual(string json, JobDefinition definition)
    {
        Assert.Equal(json, JobDocument.ToJson(definition));

        var read = JobDocument.Parse(json);

        Assert.Equal(definition, read);
        Assert.True(definition.Schedule.IsWrittenLike(read.Schedule));
    }

    [Theory]
    [InlineData("{\"a\":1}", "\"payload\":{\"a\":1}")]
    [InlineData("{\"a\": [1,  2.50, 1e3],\"a\":\"\\u00e4\"}", "\"payload\":{\"a\": [1,  2.50, 1e3],\"a\":\"\\u00e4\"}")]
    [InlineData("null", "\"payload\":null")]
    [InlineData("\"text\"", "\"payload\":\"text\"")]
    [InlineData("{\n  \"a\": 1\n}", "\"payloadText\":\"{\\n  \\\"a\\\": 1\\n}\"")]
    [InlineData("{}\r\n", "\"payloadText\":\"{}\\r\\n\"")]
    [InlineData(" {}", "\"payloadText\":\" {}\"")]
    [InlineData("\"\u2028\"", "\"payload\":\"\u2028\"")]
    public void Payload_AnyJson_IsOneLineAndComesBackByteForByte(string payload, string member)
    {
        var json = JobDocument.ToJson(Plain with { Payload = JobPayload.FromJson(payload) });

        Assert.EndsWith(member + "}", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', json);
        Assert.DoesNotContain('\r', json);
        Assert.Equal(payload, JobDocument.Parse(json).Payload.ToJson());
    }

    [Fact]
    public void Payload_DeepestAndLargest_ComesBack()
    {
        foreach (var payload in new[] { new string('[', 128) + new string(']', 128), "\"" + new string('x', JobPayload.MaximumBytes - 2) + "\"", "\"" + new string('\n', 0) + "\"\n" + new string('\n', JobPayload.MaximumBytes - 3) })
            Assert.Equal(payload, JobDocument.Parse(JobDocument.ToJson(Plain with { Payload = JobPayload.FromJson(payload) })).Payload.ToJson());
    }

    [Fact]
    public void ToJson_SetItBelongsTo_IsNotWritten() =>
        Assert.Equal(JobDocument.ToJson(Plain), JobDocument.ToJson(Plain with { Source = new JobSource { Name = "deploy", Generation = 3 } }));

    [Theory]
    [InlineData("", "$")]
    [InlineData("[]", "$ executor schedule")]
    [InlineData("{", "$")]
    [InlineData("{} {}", "$")]
    [InlineData("{}", "executor schedule")]
    [InlineData("""{"executor":null,"schedule":null}""", "executor schedule")]
    [InlineData("""{"executor":1,"schedule":5}""", "executor schedule")]
    [InlineData("""{"executor":"e","schedule":{},"exeutor":"e"}""", "exeutor schedule")]
    [InlineData("""{"executor":"e","executor":"f","schedule":{"pollingInterval":"ONE_DAY"}}""", "executor")]
    [InlineData("""{"executor":"e","schedule":{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":24}}}""", "schedule.pollingIntervalCronExpression.hour")]
    [InlineData("""{"executor":"e","schedule":{"frequencyType":"CRON_BASED","cronExpression":"* *"}}""", "schedule.cronExpression")]
    [InlineData("""{"executor":"e","schedule":{"kind":"lunar","v":1}}""", "schedule")]
    [InlineData("""{"executor":"e","schedule":{"kind":"interval","v":2,"seconds":1}}""", "schedule")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"active":"yes","timeout":"1h","anchor":"noon","overlap":"QUEUE","orphans":1,"key":1}""", "key active overlap timeout orphans anchor")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"misfire":{"mode":"RUN_ALL","maximumRuns":0}}""", "misfire.maximumRuns")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"misfire":{"mode":"SKIP","maximumRuns":3}}""", "misfire.maximumRuns")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"misfire":{"maximumAge":"00:00:00"}}""", "misfire.maximumAge")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"misfire":[],"retry":7}""", "misfire retry retry.maximumRetries retry.firstDelay")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"retry":{}}""", "retry.maximumRetries retry.firstDelay")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"retry":{"maximumRetries":1.5,"firstDelay":"00:00:01"}}""", "retry.maximumRetries")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"retry":{"maximumRetries":5,"firstDelay":"00:00:01","factor":11}}""", "retry.factor")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"payload":1,"payloadText":"1"}""", "payloadText")]
    [InlineData("""{"executor":"e","schedule":{"kind":"manual","v":1},"payloadText":"{"}""", "payload")]
    [InlineData("""{"executor":"\ud800","schedule":{"kind":"manual","v":1}}""", "executor")]
    public void Parse_WhatIsWrong_IsNamedAllAtOnce(string json, string fields)
    {
        var refused = Assert.Throws<SchedulingValidationException>(() => JobDocument.Parse(json));

        Assert.Equal(fields, string.Join(' ', refused.Errors.Select(static error => error.Field)));
        Assert.All(refused.Errors, static error => Assert.NotEmpty(error.Message));
    }

    [Fact]
    public void Parse_NearMisses_SuggestTheName()
    {
        var refused = Assert.Throws<SchedulingValidationException>(() => JobDocument.Parse("""{"exeutor":"e","executor":"e","schedule":{"kind":"manual","v":1},"overlap":"queue_one"}"""));

        Assert.Equal(["executor", "QUEUE_ONE"], refused.Errors.Select(static error => error.Suggestion));
    }

    [Fact]
    public void Parse_TooLargeOrNotUnicode_IsRefused()
    {
        Assert.Equal("$", Assert.Single(Assert.Throws<SchedulingValidationException>(() => JobDocument.Parse(new byte[JobDocument.MaximumBytes + 1])).Errors).Field);
        Assert.Equal("$", Assert.Single(Assert.Throws<SchedulingValidationException>(() => JobDocument.Parse("{\"key\":\"\uD800\"}")).Errors).Field);
        Assert.Equal("$", Assert.Single(Assert.Throws<SchedulingValidationException>(() => JobDocument.Parse(Encoding.Latin1.GetBytes("""{"executor":"e","schedule":{"kind":"manual","v":1},"name":"ü"}"""))).Errors).Field);
    }
}
