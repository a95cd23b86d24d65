using NodaTime;
using NodaTime.TimeZones;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>A job whose schedule cannot be evaluated stands still alone, visibly, and can be mended or deleted.</summary>
public abstract class FaultTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private const string Paris = "Europe/Paris";
    private readonly ForgetfulZones _zones = new();

    [Fact]
    public async Task Claim_ZoneForgotten_FaultsThatJobAloneAndOthersRun()
    {
        await ParisAsync();
        await DueNowAsync("other");
        _zones.Forget(Paris);
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 11, 0));

        var claim = await Forgetful().ClaimAsync();

        Assert.Equal("other", Assert.Single(claim.Runs).Definition.Key);
        var faulted = Assert.Single(claim.Faults);
        var job = await ReadAsync("paris");
        Assert.Equal((job.Id, job.Tenant, JobFaultReason.UnknownZone), (faulted.JobId, faulted.Tenant, faulted.Fault.Reason));
        Assert.Equal((JobState.Faulted, faulted.Fault, null), (job.State, job.Fault, job.NextRunAt));
        Assert.Equal(Now, job.Fault!.Since);
        Assert.Contains(Paris, job.Fault.Message, StringComparison.Ordinal);
        Assert.Empty((await Forgetful().ClaimAsync()).Faults);
    }

    [Fact]
    public async Task Update_OfAFaultedJobToAKnownZone_MendsIt()
    {
        await FaultedAsync();

        var mended = await Forgetting().UpdateAsync("paris", new JobChange { Schedule = Schedule.Cron("0 12 * * *", "Europe/Berlin") });

        Assert.Equal((JobState.Active, null, Instant.FromUtc(2026, 3, 3, 11, 0)), (mended.State, mended.Fault, mended.NextRunAt));
    }

    [Fact]
    public async Task Update_NameOfAFaultedJob_LeavesItFaulted()
    {
        await FaultedAsync();

        var renamed = await Forgetting().UpdateAsync("paris", new JobChange { Name = "still broken" });

        Assert.Equal((JobState.Faulted, "still broken", null), (renamed.State, renamed.Name, renamed.NextRunAt));
        Assert.Empty((await Forgetful().ClaimAsync()).Faults);
    }

    [Fact]
    public async Task PauseResumeAndRunNow_OfAFaultedJob_Work()
    {
        await FaultedAsync();
        var jobs = Forgetting();

        Assert.Equal(JobState.Paused, (await jobs.PauseAsync("paris")).State);
        Advance(Duration.FromDays(3));
        Assert.Equal(JobState.Faulted, (await jobs.ResumeAsync("paris")).State);
        await jobs.RunNowAsync("paris");
        Assert.Single((await Forgetful().ClaimAsync()).Runs);
    }

    [Theory]
    [InlineData("mend")]
    [InlineData("pause")]
    [InlineData("delete")]
    public async Task Write_OverdueAndItsZoneForgotten_Works(string write)
    {
        await ParisAsync();
        _zones.Forget(Paris);
        AdvanceTo(Instant.FromUtc(2026, 3, 4, 0, 0));
        var jobs = Forgetting();

        switch (write)
        {
            case "mend":
                Assert.Equal(JobState.Active, (await jobs.UpdateAsync("paris", new JobChange { Schedule = Schedule.Cron("0 12 * * *") })).State);
                break;
            case "pause":
                Assert.Equal(JobState.Paused, (await jobs.PauseAsync("paris")).State);
                break;
            default:
                Assert.True(await jobs.DeleteAsync("paris"));
                break;
        }

        Assert.Empty((await Forgetful().ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Resume_PausedJobWhoseZoneIsForgottenMeanwhile_IsFaultedNotLost()
    {
        await ParisAsync();
        await Acme.PauseAsync("paris");
        _zones.Forget(Paris);
        Advance(Duration.FromDays(2));

        var resumed = await Forgetting().ResumeAsync("paris");

        Assert.Equal((JobState.Faulted, JobFaultReason.UnknownZone, null), (resumed.State, resumed.Fault?.Reason, resumed.NextRunAt));
    }

    [Fact]
    public async Task Create_UnknownZone_IsRefused()
    {
        _zones.Forget(Paris);

        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Forgetting().CreateAsync(Work.Job("paris", Schedule.Cron("0 12 * * *", Paris))));

        Assert.Equal("schedule.timeZone", Assert.Single(refused.Errors).Field);
        Assert.Null(await Acme.GetAsync("paris"));
    }

    private async Task ParisAsync() => Invariants.Reschedules(await Acme.CreateAsync(Work.Job("paris", Schedule.Cron("0 12 * * *", Paris))));

    private async Task FaultedAsync()
    {
        await ParisAsync();
        _zones.Forget(Paris);
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 11, 0, 1));
        Assert.Single((await Forgetful().ClaimAsync()).Faults);
    }

    private TestProcess Forgetful() => new(Store, [Work.Executor], Now) { Planner = new(_zones) };

    private ITenantJobs Forgetting() => new JobScheduler(Store, _zones, Clock).ForTenant(Acme.Tenant);

    /// <summary>The zones of NodaTime without those that a newer or older version does not have.</summary>
    private sealed class ForgetfulZones : IDateTimeZoneProvider
    {
        private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);

        public string VersionId => "forgetful";

        public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => DateTimeZoneProviders.Tzdb.Ids.Where(id => !_forgotten.Contains(id)).ToList().AsReadOnly();

        public DateTimeZone this[string id] => GetZoneOrNull(id) ?? throw new DateTimeZoneNotFoundException(id);

        public void Forget(string id) => _forgotten.Add(id);

        public DateTimeZone GetSystemDefault() => DateTimeZone.Utc;

        public DateTimeZone? GetZoneOrNull(string id) => _forgotten.Contains(id) ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
    }
}
