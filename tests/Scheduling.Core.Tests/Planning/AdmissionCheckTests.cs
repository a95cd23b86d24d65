using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Schedules;
using static Scheduling.Core.Tests.Planning.EditCase;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Which rules a job breaks, and that a change is checked only in what it touches.</summary>
public class AdmissionCheckTests
{
    private static readonly AdmissionRules Strict = new()
    {
        MinimumSpacing = Duration.FromMinutes(15),
        ScheduleKinds = [ScheduleKind.Polling, ScheduleKind.Cron],
        PollingIntervals = [PollingInterval.OneDay, PollingInterval.OneWeek],
        Executors = ["sync", "report"],
        MaximumPayloadBytes = 10,
    };

    public static TheoryData<string, JobDefinition, string> New => new()
    {
        { "all fine", Fine, "" },
        { "disabled polling is always allowed", Fine with { Schedule = Schedule.Polling(PollingInterval.Disabled) }, "" },
        { "payload of the very size", Fine with { Payload = JobPayload.FromJson("\"12345678\"") }, "" },
        { "payload a byte too large", Fine with { Payload = JobPayload.FromJson("\"123456789\"") }, "PayloadSize payload: 11 bytes / at most 10 bytes" },
        { "executor", Fine with { Executor = "Sync" }, "Executor executor: 'Sync' / 'sync' or 'report'" },
        { "kind", Fine with { Schedule = Schedule.Interval(Duration.FromHours(1)) }, "ScheduleKind schedule: interval / polling or cron" },
        { "manual", Fine with { Schedule = Schedule.Manual }, "ScheduleKind schedule: manual / polling or cron" },
        { "polling interval", Fine with { Schedule = Schedule.Polling(PollingInterval.OneHour) }, "PollingInterval schedule: ONE_HOUR / ONE_DAY, ONE_WEEK or DISABLED" },
        { "spacing", Fine with { Schedule = Schedule.Cron("*/5 * * * *") }, "MinimumSpacing schedule: 5 min / at least 15 min" },
        {
            "everything", Fine with { Executor = "x", Schedule = Schedule.Interval(Duration.FromSeconds(90)), Payload = JobPayload.FromJson("[1,2,3,4,5,6]") },
            "Executor executor: 'x' / 'sync' or 'report'; PayloadSize payload: 13 bytes / at most 10 bytes; ScheduleKind schedule: interval / polling or cron; MinimumSpacing schedule: 1 min 30 s / at least 15 min"
        },
    };

    private static JobDefinition Fine => new() { Key = "job", Executor = "sync", Schedule = Schedule.Cron("*/15 * * * *") };

    [Theory]
    [MemberData(nameof(New))]
    public void Check_NewJob_EveryBrokenRuleIsNamed(string name, JobDefinition definition, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, Text(Check(before: null, Made(definition, "04T12:00"))));
        Assert.Empty(AdmissionCheck.Check(AdmissionRules.None, null, Made(definition, "04T12:00"), new DuePlanner(), March.At("04T12:00")));
    }

    [Fact]
    public void Check_NoneAllowed_SaysSo()
    {
        var refusal = Assert.Single(AdmissionCheck.Check(new AdmissionRules { Executors = [] }, null, Made(Fine, "04T12:00"), new DuePlanner(), March.At("04T12:00")));

        Assert.Equal("executor is 'sync', which the tenant may not use: give nothing, as none is allowed.", refusal.Message);
    }

    [Fact]
    public void Check_Spacing_MessageNamesTheTwoRuns()
    {
        var refusal = Assert.Single(Check(null, Made(Fine with { Schedule = Schedule.Cron("30 * * * *", "America/New_York") }, "04T12:00"), new AdmissionRules { MinimumSpacing = Duration.FromHours(1) }));

        Assert.Equal("schedule names the runs 2026-03-08 06:30:00 UTC and 2026-03-08 07:00:00 UTC, which are 30 min apart: give a schedule whose runs are always at least 1 h apart, also when clocks change.", refusal.Message);
    }

    [Fact]
    public void Check_ChangeOfSomethingElse_IsAllowedToAJobThatBreaksEveryRule()
    {
        // It was there before the rules were tightened.
        var job = Made(Fine with { Executor = "x", Schedule = Schedule.Interval(Duration.FromSeconds(90)), Payload = JobPayload.FromJson("[1,2,3,4,5,6]") }, "04T12:00");

        Assert.Equal("", Text(Check(job, job.Change(new JobChange { Name = "n", Active = false, Misfire = MisfirePolicy.Skip, Anchor = March.At("01T00:00") }, "04T12:30").Job)));
        Assert.Equal("Executor executor: 'y' / 'sync' or 'report'", Text(Check(job, job.Change(new JobChange { Executor = "y" }, "04T12:30").Job)));
        Assert.Equal("PayloadSize payload: 13 bytes / at most 10 bytes", Text(Check(job, job.Change(new JobChange { Payload = JobPayload.FromJson("[1,2,3,4,5,7]") }, "04T12:30").Job)));
        Assert.Equal("", Text(Check(job, job.Change(new JobChange { Payload = default(JobPayload) }, "04T12:30").Job)));
        Assert.Equal("MinimumSpacing schedule: 1 min / at least 15 min", Text(Check(job, job.Change(new JobChange { Schedule = Schedule.Cron("* * * * *") }, "04T12:30").Job)));
    }

    [Fact]
    public void Check_NewSpreadKeyOfH_IsAChangeOfTheSchedule()
    {
        var rules = new AdmissionRules { MinimumSpacing = Duration.FromHours(1) };
        var job = Made(Fine with { Schedule = Schedule.Cron("H * * * *", "America/New_York") }, "04T12:00");

        Assert.Contains("MinimumSpacing", Text(Check(job, job.Change(new JobChange { SpreadKey = "other" }, "04T12:30").Job, rules)), StringComparison.Ordinal);
        Assert.Equal("", Text(Check(job, job.Change(new JobChange { Name = "other" }, "04T12:30").Job, rules)));
    }

    [Fact]
    public void TooManyRequests_WaitIsRoundedUp()
    {
        var refusal = AdmissionCheck.TooManyRequests(new RunRate(10, Duration.FromMinutes(1)), Duration.FromTicks(59_990_001));

        Assert.Equal(Duration.FromMilliseconds(6_000), refusal.RetryAfter);
        Assert.Equal("Runs are asked for too often: 10 requests per 1 min are allowed. Ask again in 6 s.", refusal.Message);
    }

    private static List<AdmissionRefusal> Check(Job? before, Job after, AdmissionRules? rules = null) => AdmissionCheck.Check(rules ?? Strict, before, after, new DuePlanner(), March.At("04T12:30"));

    private static string Text(IEnumerable<AdmissionRefusal> refusals) => string.Join("; ", refusals.Select(static r => $"{r.Rule} {r.Field}: {r.Given} / {r.Allowed}"));
}
