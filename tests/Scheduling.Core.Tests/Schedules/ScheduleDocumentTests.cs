using System.Text;
using System.Text.Json;
using NodaTime;
using Scheduling.Cron;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class ScheduleDocumentTests
{
    public static TheoryData<string, Schedule> Documents() => new()
    {
        // The six inputs: hour 0 alone, weekday 0 alone, both, {}, and absent; null is the same document as absent (it differs in a patch).
        { """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0}}""", Schedule.Polling(PollingInterval.OneDay, hour: 0) },
        { """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"dayOfWeek":0}}""", Schedule.Polling(PollingInterval.OneWeek, dayOfWeek: 0) },
        { """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":0,"dayOfWeek":0}}""", Schedule.Polling(PollingInterval.OneWeek, 0, 0) },
        { """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{}}""", Schedule.Polling(PollingInterval.OneDay, new PollingOverride()) },
        { """{"pollingInterval":"ONE_DAY"}""", Schedule.Polling(PollingInterval.OneDay) },
        // Stored though not applied.
        { """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"dayOfWeek":6}}""", Schedule.Polling(PollingInterval.OneDay, dayOfWeek: 6) },
        { """{"pollingInterval":"FOUR_HOURS","pollingIntervalCronExpression":{"hour":23,"dayOfWeek":6}}""", Schedule.Polling(PollingInterval.FourHours, 23, 6) },
        { """{"pollingInterval":"DISABLED","pollingIntervalCronExpression":{"hour":5}}""", Schedule.Polling(PollingInterval.Disabled, 5) },
        { """{"pollingInterval":"FIFTEEN_MINUTES"}""", Schedule.Polling(PollingInterval.FifteenMinutes) },
        { """{"pollingInterval":"THIRTY_MINUTES"}""", Schedule.Polling(PollingInterval.ThirtyMinutes) },
        { """{"pollingInterval":"ONE_HOUR"}""", Schedule.Polling(PollingInterval.OneHour) },
        { """{"pollingInterval":"EIGHT_HOURS"}""", Schedule.Polling(PollingInterval.EightHours) },
        { """{"pollingInterval":"TWELVE_HOURS"}""", Schedule.Polling(PollingInterval.TwelveHours) },
        { """{"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", Schedule.Cron("0 0 * * *") },
        { """{"frequencyType":"CRON_BASED","cronExpression":"@daily","timeZone":"Europe/Paris"}""", Schedule.Cron("@daily", "Europe/Paris") },
        {
            """{"frequencyType":"CRON_BASED","cronExpression":"0 0 9 13 * 5","cronDayRule":"EITHER","cronFormat":"INCLUDE_SECONDS"}""",
            Schedule.Cron("0 0 9 13 * 5", format: CronFormat.IncludeSeconds, dayRule: CronDayRule.Either)
        },
        { """{"frequencyType":"CRON_BASED","cronExpression":"H H * * *"}""", Schedule.Cron("H H * * *") },
        { """{"frequencyType":"INTERVAL_BASED","intervalMinutes":60}""", Schedule.Interval(Duration.FromHours(1)) },
        { """{"frequencyType":"INTERVAL_BASED","intervalMinutes":2147483647}""", Schedule.Interval(Duration.FromMinutes((long)int.MaxValue)) },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Parse_ValidDocument_GivesTheScheduleAndComesBackUnchanged(string json, Schedule expected)
    {
        ScheduleDocument document = ScheduleDocument.Parse(json);

        Assert.Equal(expected, document.ToSchedule());
        Assert.True(expected.IsWrittenLike(document.ToSchedule()));
        Assert.Equal(json, document.ToJson());
        Assert.Equal(json, ScheduleDocument.From(expected).ToJson());
        Assert.Equal(document, ScheduleDocument.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":null}""", """{"pollingInterval":"ONE_DAY"}""")]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":null,"dayOfWeek":null}}""", """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{}}""")]
    [InlineData(
        """{"__typename":"I","pollingIntervalCronExpression":{"__typename":"C","dayOfWeek":1,"hour":2},"pollingInterval":"ONE_WEEK","timeZone":"UTC"}""",
        """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":2,"dayOfWeek":1},"timeZone":"UTC"}""")]
    [InlineData(
        """ { "frequencyType" : "INTERVAL_BASED", "intervalMinutes" : 5, "cronExpression" : null, "pollingInterval" : null } """,
        """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""")]
    public void Parse_OtherSpelling_IsTheSameDocument(string json, string canonical) => Assert.Equal(canonical, ScheduleDocument.Parse(json).ToJson());

    [Theory]
    // Which way of saying when.
    [InlineData("{}", "$", "both missing", null)]
    [InlineData("""{"timeZone":"UTC"}""", "$", "both missing", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"* * * * *","pollingInterval":"ONE_DAY"}""", "pollingInterval", "both given", null)]
    [InlineData("""{"frequencyType":"HOURLY"}""", "frequencyType", "one of CRON_BASED, INTERVAL_BASED", null)]
    [InlineData("""{"frequencyType":"cron_based","cronExpression":"* * * * *"}""", "frequencyType", "one of CRON_BASED", "CRON_BASED")]
    [InlineData("""{"frequencyType":1}""", "frequencyType", "is 1; allowed is one of", null)]
    [InlineData("""{"pollingInterval":"ONE_DAYS"}""", "pollingInterval", "one of DISABLED, FIFTEEN_MINUTES", "ONE_DAY")]
    [InlineData("""{"pollingInterval":"TWO_HOURS"}""", "pollingInterval", "one of DISABLED, FIFTEEN_MINUTES", null)]
    [InlineData("""{"pollingInterval":7}""", "pollingInterval", "is 7", null)]
    // Missing and extra parameters.
    [InlineData("""{"frequencyType":"CRON_BASED"}""", "cronExpression", "is missing", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED"}""", "intervalMinutes", "is missing", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":null}""", "intervalMinutes", "is missing", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"* * * * *","intervalMinutes":5}""", "intervalMinutes", "does not go with frequencyType CRON_BASED", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"cronExpression":"* * * * *"}""", "cronExpression", "does not go with", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"cronDayRule":"BOTH"}""", "cronDayRule", "does not go with", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"pollingIntervalCronExpression":{}}""", "pollingIntervalCronExpression", "belongs to pollingInterval", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","cronExpression":"* * * * *"}""", "cronExpression", "belongs to frequencyType CRON_BASED", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","intervalMinutes":5}""", "intervalMinutes", "belongs to frequencyType INTERVAL_BASED", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","cronFormat":"STANDARD"}""", "cronFormat", "does not go with pollingInterval", null)]
    // Ranges.
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":24}}""", "pollingIntervalCronExpression.hour", "is 24; allowed is an hour from 0 to 23", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":-1}}""", "pollingIntervalCronExpression.hour", "is -1", null)]
    [InlineData("""{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"dayOfWeek":7}}""", "pollingIntervalCronExpression.dayOfWeek", "is 7; allowed is a weekday from 0 (Sunday) to 6", null)]
    [InlineData("""{"pollingInterval":"FOUR_HOURS","pollingIntervalCronExpression":{"hour":24}}""", "pollingIntervalCronExpression.hour", "is 24", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":0}""", "intervalMinutes", "is 0; allowed is a whole number of minutes from 1", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":-5}""", "intervalMinutes", "is -5", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":2147483648}""", "intervalMinutes", "is 2147483648", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":1.5}""", "intervalMinutes", "is 1.5", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":1e400}""", "intervalMinutes", "is 1e400", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":1e1}""", "intervalMinutes", "is 1e1", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":4294967301}""", "intervalMinutes", "is 4294967301", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":+1}""", "$", "not well-formed JSON", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":0x1}""", "$", "not well-formed JSON", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":٥}""", "$", "not well-formed JSON", null)]
    // Types.
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":"5"}""", "intervalMinutes", "is \"5\"", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":true}""", "intervalMinutes", "is true", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":5}""", "cronExpression", "is 5; allowed is text", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":"0"}}""", "pollingIntervalCronExpression.hour", "is \"0\"", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0.5}}""", "pollingIntervalCronExpression.hour", "is 0.5", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":"0 0"}""", "pollingIntervalCronExpression", "an object with hour and dayOfWeek", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":[0]}""", "pollingIntervalCronExpression", "is [0]", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"\ud800"}""", "cronExpression", "allowed is text", null)]
    // Zones.
    [InlineData("""{"pollingInterval":"ONE_DAY","timeZone":"Europe/Paris"}""", "timeZone", "Polling is in UTC", null)]
    [InlineData("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"timeZone":"Europe/Paris"}""", "timeZone", "An interval is in UTC", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"* * * * *","timeZone":""}""", "timeZone", "none was given", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"* * * * *","timeZone":"Europe / Paris"}""", "timeZone", "without blanks", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"* * * * *","timeZone":"W. Europe Standard Time"}""", "timeZone", "the IANA id is Europe/Berlin", null)]
    // Cron.
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"61 * * * *"}""", "cronExpression", "cronExpression: ", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":""}""", "cronExpression", "cronExpression: ", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"* * * * *","cronDayRule":"OR"}""", "cronDayRule", "one of BOTH, EITHER", null)]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"* * * * * *","cronFormat":"SECONDS"}""", "cronFormat", "one of STANDARD, INCLUDE_SECONDS", null)]
    // Members.
    [InlineData("""{"pollingInterval":"ONE_DAY","cronexpression":"x"}""", "cronexpression", "not a known member", "cronExpression")]
    [InlineData("""{"pollingInterval":"ONE_DAY","nextRun":"x"}""", "nextRun", "not a known member", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"minute":5}}""", "pollingIntervalCronExpression.minute", "not a known member", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"dayofWeek":5}}""", "pollingIntervalCronExpression.dayofWeek", "not a known", "dayOfWeek")]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingInterval":"ONE_WEEK"}""", "pollingInterval", "given twice", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":1,"hour":2}}""", "pollingIntervalCronExpression.hour", "given twice", null)]
    [InlineData("""{"\ud800":1,"pollingInterval":"ONE_DAY"}""", "$", "not valid Unicode", null)]
    // Form.
    [InlineData("", "$", "not well-formed JSON", null)]
    [InlineData("{", "$", "not well-formed JSON (line 1", null)]
    [InlineData("{} {}", "$", "not well-formed JSON", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY",}""", "$", "not well-formed JSON", null)]
    [InlineData("""{"pollingInterval":"ONE_DAY"/**/}""", "$", "not well-formed JSON", null)]
    [InlineData("null", "$", "is null; allowed is a JSON object", null)]
    [InlineData("[]", "$", "is []; allowed is a JSON object", null)]
    [InlineData("\"ONE_DAY\"", "$", "allowed is a JSON object", null)]
    [InlineData("""{"a":[[[[[[[[[[1]]]]]]]]]]}""", "$", "not well-formed JSON", null)]
    public void Parse_InvalidDocument_IsRefusedWithThePath(string json, string field, string message, string? suggestion)
    {
        var refused = Assert.Throws<SchedulingValidationException>(() => ScheduleDocument.Parse(json));

        ValidationError error = Assert.Single(refused.Errors);
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(field is "$" ? "The schedule " : field, error.Message, StringComparison.Ordinal);
        Assert.Equal(suggestion, field is "cronExpression" ? null : error.Suggestion);
        Assert.True(error.Message.Length <= 400, error.Message);
        Assert.Equal(error.Message, refused.Message);
    }

    [Fact]
    public void Parse_SeveralProblems_ListsAllOfThem()
    {
        const string Json =
            """{"pollingInterval":"ONE_DAY","timeZone":"Asia/Tokyo","intervalMinutes":0,"surprise":1,"pollingIntervalCronExpression":{"hour":24,"dayOfWeek":7,"x":null},"cronExpression":5}""";

        var refused = Assert.Throws<SchedulingValidationException>(() => ScheduleDocument.Parse(Json));

        Assert.Equal(
            ["cronExpression", "intervalMinutes", "pollingIntervalCronExpression.dayOfWeek", "pollingIntervalCronExpression.hour", "pollingIntervalCronExpression.x", "surprise", "timeZone"],
            refused.Errors.Select(e => e.Field).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Parse_LongOrHostileInput_IsRefusedShortly()
    {
        string[] inputs =
        [
            new string('[', 1_000_000),
            "{\"" + new string('x', 10_000) + "\":1}",
            "{\"a\u0001b\":1}",
            "{\"pollingInterval\":\"" + new string('\uD83D', 3) + "\"}",
            "{\"pollingInterval\":" + new string('9', 16_000) + "}",
            "{\"frequencyType\":\"CRON_BASED\",\"cronExpression\":\"" + new string('1', 16_000) + "\"}",
            "\uFEFF{}",
        ];
        foreach (string input in inputs)
        {
            var refused = Assert.Throws<SchedulingValidationException>(() => ScheduleDocument.Parse(input));
            Assert.All(refused.Errors, error => Assert.True(error.Message.Length < 600 && !error.Message.Any(char.IsControl), error.Message));
        }
    }

    [Fact]
    public void From_ScheduleWithoutDocument_SaysSo()
    {
        foreach (Schedule schedule in new[] { Schedule.Manual, Schedule.Once(At.Utc("2026-01-01T00:00:00Z")), Schedule.Interval(Duration.FromSeconds(90)) })
        {
            Assert.False(ScheduleDocument.TryFrom(schedule, out _));
            Assert.Equal("schedule", Assert.Throws<ArgumentException>(() => ScheduleDocument.From(schedule)).ParamName);
        }

        Assert.False(ScheduleDocument.TryFrom(Schedule.Interval(Duration.FromMinutes(1L + int.MaxValue)), out _));
    }

    [Fact]
    public void ToSchedule_DocumentBuiltInCode_IsChecked()
    {
        var document = new ScheduleDocument { PollingInterval = (PollingInterval)77, IntervalMinutes = 5 };

        var refused = Assert.Throws<SchedulingValidationException>(document.ToSchedule);

        Assert.Equal(["intervalMinutes", "pollingInterval"], refused.Errors.Select(e => e.Field).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Throws<SchedulingValidationException>(() => new ScheduleDocument { FrequencyType = (FrequencyType)9 }.ToSchedule());
    }

    [Fact]
    public void Serializer_InsideAnotherType_ReadsWritesAndRefuses()
    {
        const string Json = """{"Key":"github","Schedule":{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0}}}""";

        ScheduleEnvelope envelope = JsonSerializer.Deserialize(Json, ScheduleEnvelopeJson.Default.ScheduleEnvelope)!;

        Assert.Equal(Schedule.Polling(PollingInterval.OneDay, 0), envelope.Schedule!.ToSchedule());
        Assert.Equal(Json, JsonSerializer.Serialize(envelope, ScheduleEnvelopeJson.Default.ScheduleEnvelope));
        var refused = Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize("""{"Schedule":{"pollingInterval":"ONE_DAYS"}}""", ScheduleEnvelopeJson.Default.ScheduleEnvelope));
        Assert.Contains("ONE_DAYS", refused.Message, StringComparison.Ordinal);
        Assert.Equal("pollingInterval", Assert.Single(Assert.IsType<SchedulingValidationException>(refused.InnerException).Errors).Field);
    }

    [Fact]
    public void Parse_TextThatIsNotUtf8_IsRefusedByField()
    {
        byte[] json = System.Text.Encoding.Latin1.GetBytes("""{"frequencyType":"CRON_BASED","cronExpression":"0 0 * * ü"}""");

        var refused = Assert.Throws<SchedulingValidationException>(() => ScheduleDocument.Parse(json));

        Assert.Contains("cronExpression", refused.Errors.Select(error => error.Field));
    }
}
