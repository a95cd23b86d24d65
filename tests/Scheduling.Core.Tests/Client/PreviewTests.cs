using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Client;

/// <summary>What a definition would become, before it is written.</summary>
public class PreviewTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 4, 12, 0);
    private readonly ManualTimeProvider _clock = new(Noon);
    private readonly AdmissionTable _policy = new();
    private readonly JobScheduler _scheduler;
    private readonly ITenantJobs _acme;

    public PreviewTests()
    {
        _scheduler = new JobScheduler(new InMemoryStore(_clock), time: _clock, admission: _policy);
        _acme = _scheduler.ForTenant("acme");
    }

    [Fact]
    public async Task Preview_NewJob_ShowsItsRunsAndStoresNothing()
    {
        var preview = await _acme.PreviewAsync(Job(Schedule.Cron("30 2 * * *", "America/New_York")), 5);

        Assert.True(preview.IsAccepted);
        Assert.Null(preview.Existing);
        Assert.Equal(Noon + Duration.FromHours(19.5), preview.Job!.NextRunAt);
        Assert.Equal(5, preview.Runs.Count);
        Assert.Equal(preview.Job.NextRunAt, preview.Runs[0].Start);
        Assert.Equal(SlotNotes.MovedByGap, preview.Runs[3].Notes);
        Assert.Contains("02:30", preview.Description, StringComparison.Ordinal);
        Assert.Empty(preview.Warnings);
        Assert.Null(await _acme.GetAsync("job"));
        Assert.Equal(preview.Job.NextRunAt, (await _acme.CreateAsync(Job(Schedule.Cron("30 2 * * *", "America/New_York")))).NextRunAt);
    }

    [Fact]
    public async Task Preview_UnpinnedPolling_IsNotDueTheMomentItIsMade()
    {
        var preview = await _acme.PreviewAsync(Job(Schedule.Polling(PollingInterval.OneHour)) with { Key = null }, 2);

        Assert.Equal([Noon + Duration.FromHours(1), Noon + Duration.FromHours(2)], preview.Runs.Select(static run => run.Slot));
    }

    [Fact]
    public async Task Preview_ExistingJob_ShowsWhatEnsureWouldMakeOfIt()
    {
        var job = await _acme.CreateAsync(Job(Schedule.Interval(Duration.FromHours(1))));
        _clock.Advance(TimeSpan.FromMinutes(90));

        var preview = await _acme.PreviewAsync(Job(Schedule.Interval(Duration.FromMinutes(20))) with { Name = "n" }, 2);

        Assert.Equal(job, preview.Existing);
        Assert.Equal(("n", 2), (preview.Job!.Name, preview.Job.Version));
        Assert.Equal([Noon + Duration.FromMinutes(100), Noon + Duration.FromMinutes(120)], preview.Runs.Select(static run => run.Slot));
        Assert.Equal(job, await _acme.GetAsync("job"));
    }

    [Fact]
    public async Task Preview_NotValid_NamesEveryProblem()
    {
        var preview = await _acme.PreviewAsync(Job(Schedule.Cron("0 0 * * *", "Mars/Base")) with { Executor = "", Timeout = Duration.Zero });

        Assert.False(preview.IsAccepted);
        Assert.Equal(["executor", "timeout", "schedule.timeZone"], preview.Errors.Select(static error => error.Field));
        Assert.Empty(preview.Runs);
        Assert.Null(preview.Job);
    }

    [Fact]
    public async Task Preview_NotAdmitted_NamesEveryRule()
    {
        await _acme.CreateAsync(Job(Schedule.Manual));
        _policy.Rules = new AdmissionRules { MaximumJobs = 1, Executors = ["other"] };

        var another = await _acme.PreviewAsync(Job(Schedule.Manual) with { Key = "another" });
        var same = await _acme.PreviewAsync(Job(Schedule.Manual) with { Name = "n" });

        Assert.Equal([AdmissionRule.Executor, AdmissionRule.MaximumJobs], another.Refusals.Select(static refusal => refusal.Rule));
        Assert.False(another.IsAccepted);
        Assert.True(same.IsAccepted);
    }

    [Fact]
    public async Task Preview_ProbablyNotMeant_Warns()
    {
        Assert.Equal("Cron", await WarningsAsync(Job(Schedule.Cron("0 0 13 * FRI"))));
        Assert.Equal("OverrideNotApplied,OverrideNotApplied", await WarningsAsync(Job(Schedule.Polling(PollingInterval.FourHours, hour: 5, dayOfWeek: 1))));
        Assert.Equal("OverrideNotApplied", await WarningsAsync(Job(Schedule.Polling(PollingInterval.OneDay, hour: 5, dayOfWeek: 1))));
        Assert.Equal("", await WarningsAsync(Job(Schedule.Polling(PollingInterval.OneWeek, hour: 5, dayOfWeek: 1))));
        Assert.Equal("InThePast", await WarningsAsync(Job(Schedule.Once(Noon - Duration.FromHours(1)))));
        Assert.Equal("", await WarningsAsync(Job(Schedule.Once(Noon + Duration.FromHours(1)))));
        await _scheduler.PauseAsync(PauseScope.ForExecutor("sync"), by: "ann");
        Assert.Equal("Paused,WidelyPaused", await WarningsAsync(Job(Schedule.Interval(Duration.FromHours(1))) with { Active = false }));
    }

    [Fact]
    public async Task Preview_PausedJob_ShowsWhenItWouldRunIfItWereResumed()
    {
        await _acme.CreateAsync(Job(Schedule.Interval(Duration.FromHours(1))));
        await _acme.PauseAsync("job", by: "ann");
        _clock.Advance(TimeSpan.FromHours(10.5));

        var preview = await _acme.PreviewAsync(Job(Schedule.Interval(Duration.FromHours(1))), 1);

        Assert.Equal(JobState.Paused, preview.Job!.State);
        Assert.Equal(Noon + Duration.FromHours(11), Assert.Single(preview.Runs).Slot);
        Assert.Equal("The job is paused by 'ann': it does not run until it is resumed.", Assert.Single(preview.Warnings).Message);
        Assert.False((await _acme.GetAsync("job"))!.Active);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task Preview_CountOutOfRange_IsRefused(int count) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _acme.PreviewAsync(Job(Schedule.Manual), count));

    private static JobDefinition Job(Schedule schedule) => new() { Key = "job", Executor = "sync", Schedule = schedule };

    private async Task<string> WarningsAsync(JobDefinition definition) =>
        string.Join(',', (await _acme.PreviewAsync(definition)).Warnings.Select(static warning => warning.Kind));
}
