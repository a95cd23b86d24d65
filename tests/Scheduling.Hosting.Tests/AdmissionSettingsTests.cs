using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests;

/// <summary>The section Scheduling:Admission, and who decides: settings or a policy of the program's own.</summary>
public class AdmissionSettingsTests
{
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Default:MaximumJobs", "-1", "a whole number from 0 to 2147483647" },
        { "Default:MaximumJobs", "many", "a whole number from 0 to 2147483647" },
        { "Default:MinimumSpacing", "15", "a duration from 00:00:01 to 365.00:00:00, written [d.]hh:mm:ss" },
        { "Tenants:acme:MinimumSpacing", "00:00:00", "a duration from 00:00:01 to 365.00:00:00, written [d.]hh:mm:ss" },
        { "Default:ScheduleKinds", "Lunar", "a list of Manual, Polling, Cron, Interval, Once, at least one" },
        { "Default:PollingIntervals", "TWO_DAYS", "a list of Disabled, FifteenMinutes, ThirtyMinutes, OneHour, FourHours, EightHours, TwelveHours, OneDay, OneWeek, at least one" },
        { "Default:PollingIntervals", "7", "a list of Disabled, FifteenMinutes, ThirtyMinutes, OneHour, FourHours, EightHours, TwelveHours, OneDay, OneWeek, at least one" },
        { "Tenants:acme:Executors", "", "a list of executor keys, at least one" },
        { "Default:MaximumPayloadBytes", "262145", "a whole number from 0 to 262144" },
        { "Default:RunNowMaximum", "0", "a whole number from 1 to 1000000" },
        { "Default:RunNowPeriod", "40.00:00:00", "a duration from 00:00:00.1000000 to 31.00:00:00, written [d.]hh:mm:ss" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Configuration_WrongRule_IsAStartErrorWithItsPathAndWhatIsAllowed(string key, string value, string allowed)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(null, ($"Scheduling:Admission:{key}", value)));

        Assert.Equal([$"Scheduling:Admission:{key} is '{value}': give {allowed}."], refusal.Failures);
    }

    [Fact]
    public void Configuration_UnknownKeys_AreStartErrors()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(
            null, ("Scheduling:Admission:Default:MaximumJob", "1"), ("Scheduling:Admission:MaximumJobs", "1"), ("Scheduling:Admision", "1")));

        Assert.Equal(
            [
                "Scheduling:Admision is not a setting: did you mean Admission?",
                "Scheduling:Admission:Default:MaximumJob is not a setting: did you mean MaximumJobs?",
                "Scheduling:Admission:MaximumJobs is not a setting: rules stand in Default or in Tenants:{tenant}.",
            ],
            refusal.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Configuration_EveryRule_Holds()
    {
        await using var services = Services(
            null,
            ("Scheduling:Admission:Default:MaximumJobs", "2"),
            ("Scheduling:Admission:Default:MinimumSpacing", "01:00:00"),
            ("Scheduling:Admission:Default:ScheduleKinds:0", "polling"),
            ("Scheduling:Admission:Default:ScheduleKinds:1", "Cron"),
            ("Scheduling:Admission:Default:PollingIntervals:0", "ONE_DAY"),
            ("Scheduling:Admission:Default:PollingIntervals:1", "OneWeek"),
            ("Scheduling:Admission:Default:Executors", "sync"),
            ("Scheduling:Admission:Default:MaximumPayloadBytes", "4"),
            ("Scheduling:Admission:Default:RunNowMaximum", "1"),
            ("Scheduling:Admission:Default:RunNowPeriod", "01:00:00"),
            ("Scheduling:Admission:Tenants:big:MaximumJobs", "3"));
        var scheduler = services.GetRequiredService<JobScheduler>();
        var small = scheduler.ForTenant("small");

        Assert.Equal(AdmissionRule.ScheduleKind, await RuleOfAsync(() => small.CreateAsync(Job("a", Schedule.Interval(Duration.FromHours(1))))));
        Assert.Equal(AdmissionRule.PollingInterval, await RuleOfAsync(() => small.CreateAsync(Job("a", Schedule.Polling(PollingInterval.OneHour)))));
        Assert.Equal(AdmissionRule.MinimumSpacing, await RuleOfAsync(() => small.CreateAsync(Job("a", Schedule.Cron("*/59 * * * *")))));
        Assert.Equal(AdmissionRule.Executor, await RuleOfAsync(() => small.CreateAsync(Job("a") with { Executor = "other" })));
        Assert.Equal(AdmissionRule.PayloadSize, await RuleOfAsync(() => small.CreateAsync(Job("a") with { Payload = JobPayload.FromJson("12345") })));
        await small.CreateAsync(Job("a"));
        await small.CreateAsync(Job("b", Schedule.Polling(PollingInterval.OneWeek)));
        Assert.Equal(AdmissionRule.MaximumJobs, await RuleOfAsync(() => small.CreateAsync(Job("c"))));
        await small.RunNowAsync("a");
        var refused = await Assert.ThrowsAsync<AdmissionException>(async () => await small.RunNowAsync("b"));
        Assert.Equal(AdmissionRule.RunNowRate, Assert.Single(refused.Refusals).Rule);

        // A tenant's own rules stand for the default as a whole.
        var big = scheduler.ForTenant("big");
        for (var n = 0; n < 3; n++)
            await big.CreateAsync(Job($"job-{n}", Schedule.Interval(Duration.FromSeconds(1))) with { Executor = "other" });
        Assert.Equal(AdmissionRule.MaximumJobs, await RuleOfAsync(() => big.CreateAsync(Job("one more"))));
    }

    [Fact]
    public async Task Policy_OfTheProgram_IsAsked()
    {
        await using var services = Services(static s => s.Services.AddSingleton<IAdmissionPolicy, NothingAllowed>());

        Assert.Equal(AdmissionRule.MaximumJobs, await RuleOfAsync(() => services.GetRequiredService<JobScheduler>().ForTenant("acme").CreateAsync(Job("a"))));
    }

    [Fact]
    public void Policy_BesideSettings_IsAStartError()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(static s => s.Services.AddSingleton<IAdmissionPolicy, NothingAllowed>(), ("Scheduling:Admission:Default:MaximumJobs", "2")));

        Assert.Equal(["Scheduling:Admission has rules, and the program registered an IAdmissionPolicy: keep one of them."], refusal.Failures);
    }

    [Fact]
    public void DeclaredJob_ThatTheSettingsRefuse_IsAStartError()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(static s => s.AddJob("acme", Job("a")), ("Scheduling:Admission:Default:Executors:0", "other")));

        Assert.Equal(["AddJob(\"acme\", \"a\"): Tenant 'acme': executor is 'sync', which the tenant may not use: give 'other'."], refusal.Failures);
    }

    [Fact]
    public void Options_SetInCodeOutOfRange_AreStartErrors()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(static s => s.Configure(static o =>
        {
            o.Admission.Default.MinimumSpacing = TimeSpan.Zero;
            o.Admission.Tenants["acme"] = new TenantAdmissionOptions { Executors = [], ScheduleKinds = [(ScheduleKind)9] };
        })));

        Assert.Equal(
            [
                "Scheduling:Admission:Default:MinimumSpacing is '00:00:00': give a duration from 00:00:01 to 365.00:00:00, written [d.]hh:mm:ss.",
                "Scheduling:Admission:Tenants:acme:Executors is '': give a list of executor keys, at least one.",
                "Scheduling:Admission:Tenants:acme:ScheduleKinds is '9': give a list of Manual, Polling, Cron, Interval, Once, at least one.",
            ],
            refusal.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_HasEveryOption() =>
        Assert.Equal(typeof(TenantAdmissionOptions).GetProperties().Select(static p => p.Name), AdmissionSettings.All.Select(static s => s.Name));

    private static JobDefinition Job(string key, Schedule? schedule = null) => new() { Key = key, Executor = "sync", Schedule = schedule ?? Schedule.Cron("0 3 * * *") };

    private static async Task<AdmissionRule> RuleOfAsync(Func<ValueTask<Job>> write) =>
        (await Assert.ThrowsAsync<AdmissionException>(async () => await write())).Refusals[0].Rule;

    private static SchedulingOptions OptionsOf(Action<SchedulingBuilder>? configure, params (string Key, string Value)[] settings)
    {
        using var services = Services(configure, settings);
        return services.GetRequiredService<IOptions<SchedulingOptions>>().Value;
    }

    private static ServiceProvider Services(Action<SchedulingBuilder>? configure, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddScheduling(configure).BuildServiceProvider();
    }

    private sealed class NothingAllowed : IAdmissionPolicy
    {
        public ValueTask<AdmissionRules> GetRulesAsync(TenantId tenant, CancellationToken ct) => ValueTask.FromResult(new AdmissionRules { MaximumJobs = 0 });
    }
}
