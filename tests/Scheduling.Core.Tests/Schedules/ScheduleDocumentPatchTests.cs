using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class ScheduleDocumentPatchTests
{
    private const string WeekPinned = """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":5,"dayOfWeek":2}}""";
    private const string Cron = """{"frequencyType":"CRON_BASED","cronExpression":"0 6 13 * 5","timeZone":"Europe/Paris","cronDayRule":"EITHER"}""";
    private const string Minutes = """{"frequencyType":"INTERVAL_BASED","intervalMinutes":60}""";

    [Theory]
    // The six inputs, on a job that has both pins: each has another outcome.
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"hour":0}}""", """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":0}}""")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"dayOfWeek":0}}""", """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"dayOfWeek":0}}""")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"hour":0,"dayOfWeek":0}}""", """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":0,"dayOfWeek":0}}""")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{}}""", """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{}}""")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":null}""", """{"pollingInterval":"ONE_WEEK"}""")]
    [InlineData(WeekPinned, "{}", WeekPinned)]
    // Kept through other intervals, and applied again.
    [InlineData(WeekPinned, """{"pollingInterval":"FOUR_HOURS"}""", """{"pollingInterval":"FOUR_HOURS","pollingIntervalCronExpression":{"hour":5,"dayOfWeek":2}}""")]
    [InlineData(WeekPinned, """{"pollingInterval":"DISABLED"}""", """{"pollingInterval":"DISABLED","pollingIntervalCronExpression":{"hour":5,"dayOfWeek":2}}""")]
    [InlineData("""{"pollingInterval":"FOUR_HOURS","pollingIntervalCronExpression":{"hour":5}}""", """{"pollingInterval":"ONE_DAY"}""", """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":5}}""")]
    [InlineData("""{"pollingInterval":"ONE_HOUR"}""", """{"pollingIntervalCronExpression":{"hour":5}}""", """{"pollingInterval":"ONE_HOUR","pollingIntervalCronExpression":{"hour":5}}""")]
    [InlineData(WeekPinned, """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":null,"timeZone":"UTC"}""", """{"pollingInterval":"ONE_DAY","timeZone":"UTC"}""")]
    [InlineData(WeekPinned, """{"frequencyType":null}""", WeekPinned)]
    [InlineData("""{"pollingInterval":"DISABLED","pollingIntervalCronExpression":{"hour":5,"dayOfWeek":2}}""", """{"pollingInterval":"ONE_WEEK"}""", WeekPinned)]
    // The pair that the published example prints: a weekday with ONE_DAY is taken and kept.
    [InlineData("""{"pollingInterval":"ONE_DAY"}""", """{"pollingIntervalCronExpression":{"hour":0,"dayOfWeek":0}}""", """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0,"dayOfWeek":0}}""")]
    [InlineData(WeekPinned, """{"pollingInterval":"ONE_DAY"}""", """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":5,"dayOfWeek":2}}""")]
    // A member of the object that is null counts as absent; the object is replaced whole all the same.
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"hour":null,"dayOfWeek":3}}""", """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"dayOfWeek":3}}""")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"hour":23,"dayOfWeek":6}}""", """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":23,"dayOfWeek":6}}""")]
    // Within a frequency type.
    [InlineData(Cron, """{"cronExpression":"@daily"}""", """{"frequencyType":"CRON_BASED","cronExpression":"@daily","timeZone":"Europe/Paris","cronDayRule":"EITHER"}""")]
    [InlineData(Cron, """{"frequencyType":"CRON_BASED","cronExpression":"@daily"}""", """{"frequencyType":"CRON_BASED","cronExpression":"@daily","timeZone":"Europe/Paris","cronDayRule":"EITHER"}""")]
    [InlineData(Cron, """{"frequencyType":"CRON_BASED"}""", Cron)]
    [InlineData(Cron, """{"timeZone":null,"cronDayRule":null,"cronFormat":null}""", """{"frequencyType":"CRON_BASED","cronExpression":"0 6 13 * 5"}""")]
    [InlineData(Cron, """{"timeZone":"Asia/Tokyo"}""", """{"frequencyType":"CRON_BASED","cronExpression":"0 6 13 * 5","timeZone":"Asia/Tokyo","cronDayRule":"EITHER"}""")]
    [InlineData(Cron, """{"cronExpression":"0 0 6 13 * 5","cronFormat":"INCLUDE_SECONDS"}""", """{"frequencyType":"CRON_BASED","cronExpression":"0 0 6 13 * 5","timeZone":"Europe/Paris","cronDayRule":"EITHER","cronFormat":"INCLUDE_SECONDS"}""")]
    [InlineData(Minutes, """{"intervalMinutes":5}""", """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""")]
    [InlineData(Minutes, """{"frequencyType":"INTERVAL_BASED"}""", Minutes)]
    // From one to another: its parameter comes along, the old ones go.
    [InlineData(Cron, """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""", """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""")]
    [InlineData(Cron, """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"cronExpression":null,"timeZone":null}""", """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""")]
    [InlineData(Minutes, """{"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", """{"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""")]
    [InlineData(Minutes, """{"pollingInterval":"ONE_DAY"}""", """{"pollingInterval":"ONE_DAY"}""")]
    [InlineData(Cron, """{"pollingInterval":"ONE_DAY","frequencyType":null}""", """{"pollingInterval":"ONE_DAY"}""")]
    [InlineData(WeekPinned, """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""", """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""")]
    [InlineData(WeekPinned, """{"frequencyType":"CRON_BASED","cronExpression":"@daily","pollingInterval":null}""", """{"frequencyType":"CRON_BASED","cronExpression":"@daily"}""")]
    // On nothing, a patch is a whole document.
    [InlineData(null, Minutes, Minutes)]
    [InlineData(null, WeekPinned, WeekPinned)]
    public void ApplyTo_ValidPatch_GivesTheNewDocument(string? current, string patch, string expected)
    {
        ScheduleDocument? before = current is null ? null : ScheduleDocument.Parse(current);

        ScheduleDocument after = ScheduleDocumentPatch.Parse(patch).ApplyTo(before);

        Assert.Equal(expected, after.ToJson());
        Assert.Equal(after.ToSchedule(), ScheduleDocumentPatch.Parse(patch).ApplyTo(before?.ToSchedule()));
    }

    [Theory]
    // A change of the way needs its parameter, and no other.
    [InlineData(Cron, """{"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"cronExpression":"@daily"}""", "cronExpression", "does not go with frequencyType INTERVAL_BASED")]
    [InlineData(Minutes, """{"frequencyType":"CRON_BASED","cronExpression":"@daily","intervalMinutes":5}""", "intervalMinutes", "does not go with frequencyType CRON_BASED")]
    [InlineData(Minutes, """{"frequencyType":"CRON_BASED","cronExpression":null}""", "cronExpression", "is missing")]
    [InlineData(Cron, """{"frequencyType":"INTERVAL_BASED"}""", "intervalMinutes", "is missing")]
    [InlineData(Minutes, """{"frequencyType":"CRON_BASED"}""", "cronExpression", "is missing")]
    [InlineData(WeekPinned, """{"frequencyType":"CRON_BASED"}""", "cronExpression", "is missing")]
    [InlineData(Minutes, """{"cronExpression":"@daily"}""", "cronExpression", "does not go with frequencyType INTERVAL_BASED")]
    [InlineData(Cron, """{"intervalMinutes":5}""", "intervalMinutes", "does not go with frequencyType CRON_BASED")]
    [InlineData(WeekPinned, """{"intervalMinutes":5}""", "intervalMinutes", "does not go with pollingInterval")]
    [InlineData(Cron, """{"pollingIntervalCronExpression":{"hour":1}}""", "pollingIntervalCronExpression", "does not go with")]
    // What is required cannot be cleared.
    [InlineData(Cron, """{"cronExpression":null}""", "cronExpression", "is missing")]
    [InlineData(Minutes, """{"intervalMinutes":null}""", "intervalMinutes", "is missing")]
    [InlineData(Minutes, """{"frequencyType":null}""", "frequencyType", "cannot be cleared")]
    [InlineData(WeekPinned, """{"pollingInterval":null}""", "pollingInterval", "cannot be cleared")]
    // Values.
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"hour":24}}""", "pollingIntervalCronExpression.hour", "is 24")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"hour":-1}}""", "pollingIntervalCronExpression.hour", "is -1")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"dayOfWeek":7}}""", "pollingIntervalCronExpression.dayOfWeek", "is 7")]
    [InlineData(WeekPinned, """{"timeZone":"Europe/Paris"}""", "timeZone", "Polling is in UTC")]
    [InlineData(Minutes, """{"intervalMinutes":0}""", "intervalMinutes", "is 0")]
    [InlineData(Minutes, """{"intervalMinutes":-5}""", "intervalMinutes", "is -5")]
    [InlineData(Minutes, """{"intervalMinutes":1.5}""", "intervalMinutes", "intervalMinutes")]
    [InlineData(Minutes, """{"intervalMinutes":"5"}""", "intervalMinutes", "intervalMinutes")]
    [InlineData(Minutes, """{"frequencyType":"HOURLY"}""", "frequencyType", "HOURLY")]
    [InlineData(Minutes, """{"frequencyType":1}""", "frequencyType", "frequencyType")]
    [InlineData(WeekPinned, """{"pollingInterval":"one_day"}""", "pollingInterval", "Did you mean ONE_DAY?")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"hour":"0"}}""", "pollingIntervalCronExpression.hour", "hour")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":[]}""", "pollingIntervalCronExpression", "pollingIntervalCronExpression")]
    [InlineData(WeekPinned, """{"pollingIntervalCronExpression":{"minute":1}}""", "pollingIntervalCronExpression.minute", "minute")]
    [InlineData(Cron, """{"cronExpression":"61 * * * *"}""", "cronExpression", "cronExpression: ")]
    [InlineData(Cron, """{"cron":"@daily"}""", "cron", "cron")]
    [InlineData(Cron, """{"cronExpression":"@daily","cronExpression":"@hourly"}""", "cronExpression", "twice")]
    [InlineData(Cron, """{"cronFormat":"INCLUDE_SECONDS"}""", "cronExpression", "cronExpression: ")]
    [InlineData(Cron, """{"frequencyType":"CRON_BASED","pollingInterval":"ONE_DAY"}""", "pollingInterval", "both given")]
    [InlineData(null, "{}", "$", "both missing")]
    [InlineData(null, """{"pollingIntervalCronExpression":{"hour":1}}""", "$", "both missing")]
    public void ApplyTo_InvalidPatch_IsRefusedWithThePath(string? current, string patch, string field, string message)
    {
        ScheduleDocument? before = current is null ? null : ScheduleDocument.Parse(current);

        var refused = Assert.Throws<SchedulingValidationException>(() => ScheduleDocumentPatch.Parse(patch).ApplyTo(before));

        ValidationError error = Assert.Single(refused.Errors);
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(current, before?.ToJson());
    }

    [Fact]
    public void ApplyTo_NothingChanges_IsTheSameObject()
    {
        Schedule current = Schedule.Cron("@daily", "Europe/Paris");

        Assert.Same(current, ScheduleDocumentPatch.Parse("{}").ApplyTo(current));
        Assert.Same(current, ScheduleDocumentPatch.Parse("""{"__typename":"X"}""").ApplyTo(current));
        Assert.Same(current, ScheduleDocumentPatch.Parse("""{"frequencyType":"CRON_BASED","timeZone":"Europe/Paris"}""").ApplyTo(current));
    }

    [Fact]
    public void ApplyTo_SameMeaningWrittenOtherwise_IsKeptAsWritten()
    {
        Schedule current = Schedule.Cron("@daily");

        Schedule after = ScheduleDocumentPatch.Parse("""{"cronExpression":"0 0 * * *"}""").ApplyTo(current);

        Assert.Equal(current, after);
        Assert.Equal("0 0 * * *", ((CronSchedule)after).Text);
    }

    [Fact]
    public void ApplyTo_ScheduleWithSpread_KeepsItCutToTheNewPeriod()
    {
        Schedule current = Schedule.Polling(PollingInterval.OneWeek).WithSpread(Duration.FromDays(2));

        Assert.Equal(Duration.FromDays(2), ScheduleDocumentPatch.Parse("""{"pollingIntervalCronExpression":{"dayOfWeek":1}}""").ApplyTo(current).Spread);
        Assert.Equal(Duration.FromHours(4), ScheduleDocumentPatch.Parse("""{"pollingInterval":"FOUR_HOURS"}""").ApplyTo(current).Spread);
        Assert.Null(ScheduleDocumentPatch.Parse("""{"frequencyType":"INTERVAL_BASED","intervalMinutes":5}""").ApplyTo(current).Spread);
    }

    [Fact]
    public void ApplyTo_ScheduleWithoutDocument_NeedsAWholeOne()
    {
        Assert.Equal(Schedule.Polling(PollingInterval.OneDay), ScheduleDocumentPatch.Parse("""{"pollingInterval":"ONE_DAY"}""").ApplyTo(Schedule.Manual));
        Assert.Same(Schedule.Manual, ScheduleDocumentPatch.Parse("{}").ApplyTo(Schedule.Manual));
        Assert.Throws<SchedulingValidationException>(() => ScheduleDocumentPatch.Parse("""{"intervalMinutes":5}""").ApplyTo(Schedule.Manual));
    }
}
