using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Client;

/// <summary>Where the operator's rules are asked, and that nothing is stored when they refuse.</summary>
public class AdmissionTests
{
    private readonly ManualTimeProvider _clock = new(Instant.FromUtc(2026, 3, 4, 12, 0));
    private readonly AdmissionTable _policy = new();
    private readonly ITenantJobs _acme;

    public AdmissionTests() => _acme = new JobScheduler(new InMemoryStore(_clock), time: _clock, admission: _policy).ForTenant("acme");

    [Fact]
    public async Task CreateAndEnsure_RefusedJob_IsNotStored()
    {
        _policy.Rules = new AdmissionRules { Executors = ["sync"] };

        var refused = await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.CreateAsync(Job("a") with { Executor = "shell" }));
        await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.EnsureAsync(Job("a") with { Executor = "shell" }));

        Assert.Null(await _acme.GetAsync("a"));
        Assert.Equal(new TenantId("acme"), refused.Tenant);
        Assert.Equal(AdmissionRule.Executor, Assert.Single(refused.Refusals).Rule);
        Assert.Equal("Tenant 'acme': executor is 'shell', which the tenant may not use: give 'sync'.", refused.Message);
        Assert.All(_policy.Asked, tenant => Assert.Equal("acme", tenant.Value));
    }

    [Fact]
    public async Task Create_InvalidAndRefused_ValidationComesFirst()
    {
        _policy.Rules = new AdmissionRules { Executors = [] };

        await Assert.ThrowsAsync<SchedulingValidationException>(async () => await _acme.CreateAsync(Job("a") with { Timeout = Duration.Zero }));
    }

    [Fact]
    public async Task Create_OneMoreThanTheMaximum_IsRefusedWithTheNumbers()
    {
        _policy.Rules = new AdmissionRules { MaximumJobs = 2 };
        await _acme.CreateAsync(Job("a"));
        await _acme.EnsureAsync(Job("b"));

        foreach (var write in (Func<ValueTask<Job>>[])[() => _acme.CreateAsync(Job("c")), () => _acme.EnsureAsync(Job("c"))])
        {
            var refusal = Assert.Single((await Assert.ThrowsAsync<AdmissionException>(async () => await write())).Refusals);
            Assert.Equal((AdmissionRule.MaximumJobs, "3 jobs", "at most 2 jobs", null), (refusal.Rule, refusal.Given, refusal.Allowed, refusal.Field));
        }
        Assert.Equal("x", (await _acme.EnsureAsync(Job("b") with { Name = "x" })).Name);
        await Assert.ThrowsAsync<JobExistsException>(async () => await _acme.CreateAsync(Job("b")));
        await _acme.DeleteAsync("a");
        await _acme.CreateAsync(Job("c"));
    }

    [Fact]
    public async Task Update_RefusedChange_ChangesNothing()
    {
        await _acme.CreateAsync(Job("a"));
        _policy.Rules = new AdmissionRules { MinimumSpacing = Duration.FromHours(2), PollingIntervals = [PollingInterval.OneDay] };

        var refused = await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.UpdateAsync("a", new JobChange { Name = "n", Schedule = Schedule.Polling(PollingInterval.FifteenMinutes) }));
        Assert.Equal([AdmissionRule.PollingInterval, AdmissionRule.MinimumSpacing], refused.Refusals.Select(static refusal => refusal.Rule));
        Assert.StartsWith("Tenant 'acme', 2 rules: schedule polls FIFTEEN_MINUTES, ", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.UpdateAsync("a", static _ => new JobChange { Schedule = Schedule.Cron("* * * * *") }));
        await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.EnsureAsync(Job("a") with { Schedule = Schedule.Cron("* * * * *") }));

        var job = (await _acme.GetAsync("a"))!;
        Assert.Equal((1, null), (job.Version, job.Name));
        await _acme.UpdateAsync("a", new JobChange { Name = "n" });
        await _acme.EnsureAsync(Job("a"));
        await _acme.PauseAsync("a");
        await _acme.ResumeAsync("a");
    }

    [Fact]
    public async Task RunNow_TooOften_IsRefusedUntilTheTimeItSays()
    {
        _policy.Rules = new AdmissionRules { RunNowRate = new RunRate(3, Duration.FromMinutes(1)) };
        await _acme.CreateAsync(Job("a") with { Overlap = OverlapPolicy.Allow });
        for (var n = 0; n < 3; n++)
            await _acme.RunNowAsync("a");

        var refusal = Assert.Single((await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.RunNowAsync("a"))).Refusals);

        Assert.Equal((AdmissionRule.RunNowRate, Duration.FromSeconds(20)), (refusal.Rule, refusal.RetryAfter));
        _clock.Advance(TimeSpan.FromSeconds(19.999));
        await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.RunNowAsync("a"));
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        await _acme.RunNowAsync("a");
        await Assert.ThrowsAsync<AdmissionException>(async () => await _acme.RunNowAsync("a"));
        Assert.Equal(4, (await _acme.GetAsync("a"))!.OpenExecutions);
    }

    [Fact]
    public async Task Rules_NullFromThePolicy_IsAFaultOfThePolicy()
    {
        _policy.Rules = null!;

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _acme.CreateAsync(Job("a")));
        Assert.Contains("AdmissionTable gave no rules for tenant 'acme'", fault.Message, StringComparison.Ordinal);
    }

    private static JobDefinition Job(string key) => new() { Key = key, Executor = "sync", Schedule = Schedule.Interval(Duration.FromHours(1)) };
}
