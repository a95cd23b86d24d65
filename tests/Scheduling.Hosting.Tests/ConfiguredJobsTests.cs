using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests;

/// <summary>Jobs that the configuration wants tenants to have.</summary>
public class ConfiguredJobsTests
{
    private const string Acme = "Scheduling:Jobs:Tenants:acme";

    [Fact]
    public async Task Start_JobsOfTheConfiguration_AreThereAndBelongToItsSet()
    {
        await using var host = await StartAsync(
            ("Scheduling:Jobs:Generation", "12"),
            ($"{Acme}:github:Executor", "integration.sync"),
            ($"{Acme}:github:NAME", "GitHub"),
            ($"{Acme}:github:Schedule:PollingInterval", "ONE_DAY"),
            ($"{Acme}:github:Schedule:PollingIntervalCronExpression:Hour", "0"),
            ($"{Acme}:github:Payload", "{\"account\": 17}"),
            ($"{Acme}:github:Active", "False"),
            ($"{Acme}:github:Timeout", "00:30:00"),
            ($"{Acme}:github:Overlap", "QUEUE_ONE"),
            ($"{Acme}:github:Misfire:Mode", "RUN_ALL"),
            ($"{Acme}:github:Misfire:MaximumRuns", "5"),
            ($"{Acme}:github:Retry:MaximumRetries", "3"),
            ($"{Acme}:github:Retry:FirstDelay", "00:00:30"),
            ($"{Acme}:github:Retry:Factor", "1.5"),
            ($"{Acme}:0:Key", "a:b"),
            ($"{Acme}:0:Executor", "cleanup"),
            ($"{Acme}:0:Schedule:FrequencyType", "INTERVAL_BASED"),
            ($"{Acme}:0:Schedule:IntervalMinutes", "30"),
            ("Scheduling:Jobs:Tenants:globex:once:Executor", "cleanup"),
            ("Scheduling:Jobs:Tenants:globex:once:Schedule:Kind", "once"),
            ("Scheduling:Jobs:Tenants:globex:once:Schedule:V", "1"),
            ("Scheduling:Jobs:Tenants:globex:once:Schedule:At", "2026-12-24T00:00:00Z"));

        var job = (await host.Acme.GetAsync("github"))!;

        Assert.Equal(Schedule.Polling(PollingInterval.OneDay, hour: 0), job.Schedule);
        Assert.Equal(("GitHub", "{\"account\": 17}", false, OverlapPolicy.QueueOne, Duration.FromMinutes(30)), (job.Name, job.Payload.ToJson(), job.Active, job.Definition.Overlap, job.Definition.Timeout));
        Assert.Equal((MisfirePolicy.RunAll(5), RetryPolicy.Exponential(3, Duration.FromSeconds(30), factor: 1.5)), (job.Definition.Misfire, job.Definition.Retry));
        Assert.Equal(("configuration", 12), (job.Definition.Source!.Name, job.Definition.Source.Generation));
        Assert.Equal(Schedule.Interval(Duration.FromMinutes(30)), (await host.Acme.GetAsync("a:b"))!.Schedule);
        Assert.Equal(Schedule.Once(Instant.FromUtc(2026, 12, 24, 0, 0)), (await host.Jobs.ForTenant("globex").GetAsync("once"))!.Schedule);
        Assert.Equal(["acme", "globex"], host.Logs.Lines.Where(static line => line.EventId == 116).Select(static line => line.Values["Tenant"]!.ToString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task NextStart_JobIsGoneFromTheConfiguration_IsDeletedAndOthersStay()
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        var store = new FaultyStore(time);
        await using (var first = await StartAsync(store, time, [.. Job("a"), .. Job("b")]))
        {
            await first.Acme.CreateAsync(TestHost.Manual("own", "x"));
            await first.Acme.PauseAsync("b", by: "ada");
        }

        await using var second = await StartAsync(store, time, [.. Job("b"), ($"{Acme}:b:Name", "new")]);

        Assert.Null(await second.Acme.GetAsync("a"));
        Assert.NotNull(await second.Acme.GetAsync("own"));
        var kept = (await second.Acme.GetAsync("b"))!;
        Assert.Equal(("new", "ada"), (kept.Name, kept.Pause!.By));
    }

    [Fact]
    public async Task NextStart_TenantIsEmptyOrOlder_DeletesAllOrNothing()
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        var store = new FaultyStore(time);
        await using (await StartAsync(store, time, [.. Job("a"), ("Scheduling:Jobs:Generation", "2")]))
        {
        }

        await using (var older = await StartAsync(store, time, [(Acme, ""), ("Scheduling:Jobs:Generation", "1")]))
        {
            Assert.NotNull(await older.Acme.GetAsync("a"));
            Assert.Equal("2", older.Logs.Only(117).Values["Newer"]!.ToString());
        }
        await using var newer = await StartAsync(store, time, [(Acme, ""), ("Scheduling:Jobs:Generation", "3")]);
        Assert.Null(await newer.Acme.GetAsync("a"));
    }

    [Fact]
    public async Task Start_JobOfThatKeyIsSomebodyElses_StaysAndIsTold()
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        var store = new FaultyStore(time);
        await new JobScheduler(store.Inner, time: time).ForTenant("acme").CreateAsync(TestHost.Manual("a", "x") with { Name = "own" });

        await using (var host = await StartAsync(store, time, [.. Job("a"), .. Job("b")]))
        {
            Assert.Equal("own", (await host.Acme.GetAsync("a"))!.Name);
            Assert.NotNull(await host.Acme.GetAsync("b"));
            Assert.Equal("a", host.Logs.Only(118).Values["Job"]);
            Assert.Equal(1, host.Services.GetRequiredService<DeclaredJobs>().Refused);
        }
        await using var adopting = await StartAsync(store, time, [.. Job("a"), .. Job("b"), ("Scheduling:Jobs:Adopts", "true")]);
        Assert.Null((await adopting.Acme.GetAsync("a"))!.Name);
    }

    [Fact]
    public async Task ControlOnly_ReconcilesToo()
    {
        await using var host = TestHost.Create(settings: [.. Job("a"), ("Scheduling:Role", "ControlOnly")]);
        await host.Host.StartAsync();
        await host.Time.UntilAsync(() => host.Logs.CountOf(106) == 1);

        Assert.NotNull(await host.Acme.GetAsync("a"));
    }

    [Fact]
    public async Task StoreIsDown_TriesAgainUntilItTakesTheSet()
    {
        await using var host = TestHost.Create(static s => s.AddJobSet("acme", new JobSet { Name = "code", Jobs = [TestHost.Manual("a", "x")] }));
        host.Store.Before = static call => call == "Write" ? new IOException("no route to the store") : null;
        await host.Host.StartAsync();
        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(2), () => host.IsAsleep);
        Assert.Equal((1, 0), (host.Logs.CountOf(119), host.Logs.CountOf(106)));

        host.Store.Before = static _ => null;
        await host.Time.AdvanceUntilAsync(() => host.Logs.CountOf(106) == 1, () => host.IsAsleep, TimeSpan.FromSeconds(31));

        Assert.Equal("code", (await host.Acme.GetAsync("a"))!.Definition.Source!.Name);
    }

    [Theory]
    [InlineData("acme:a:Schedule:IntervalMinutes", "0", "Scheduling:Jobs:Tenants:acme:a:Schedule:IntervalMinutes: ")]
    [InlineData("acme:a:Schedule:IntervalMinutes", "soon", "Scheduling:Jobs:Tenants:acme:a:Schedule:IntervalMinutes: ")]
    [InlineData("acme:a:Schedule:Minutes", "5", "Scheduling:Jobs:Tenants:acme:a:Schedule:Minutes: ")]
    [InlineData("acme:a:Executor", "", "Scheduling:Jobs:Tenants:acme:a:Executor: ")]
    [InlineData("acme:a:Exekutor", "x", "Scheduling:Jobs:Tenants:acme:a:Exekutor: Exekutor is unknown: did you mean executor?")]
    [InlineData("acme:a:Payload", "{", "Scheduling:Jobs:Tenants:acme:a:Payload: ")]
    [InlineData("acme:a:Payload:account", "17", "Scheduling:Jobs:Tenants:acme:a:Payload: payload is an object")]
    [InlineData("acme:a:Timeout", "1h", "Scheduling:Jobs:Tenants:acme:a:Timeout: ")]
    [InlineData("acme:a:Timeout", "-00:00:01", "Scheduling:Jobs:Tenants:acme:a:Timeout: ")]
    [InlineData("acme:a:Active", "maybe", "Scheduling:Jobs:Tenants:acme:a:Active: ")]
    [InlineData("acme:a:Retry:MaximumRetries", "3", "Scheduling:Jobs:Tenants:acme:a:Retry: retry.firstDelay is required.")]
    [InlineData("acme:b:Executor", "x", "Scheduling:Jobs:Tenants:acme:b: schedule is required.")]
    [InlineData("acme:b:Key", "a", "Scheduling:Jobs:Tenants:acme:b")]
    [InlineData(" acme:a:Executor", "x", "Scheduling:Jobs:Tenants: acme")]
    public void Start_WhatIsWrong_IsToldWithItsPath(string path, string value, string expected)
    {
        var settings = new Dictionary<string, string?>(Job("a").Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)), StringComparer.OrdinalIgnoreCase) { [$"Scheduling:Jobs:Tenants:{path}"] = value };

        Assert.Contains(Problems(settings), problem => problem.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Generation", "new", "Scheduling:Jobs:Generation is 'new': give a whole number.")]
    [InlineData("Prunes", "1", "Scheduling:Jobs:Prunes is '1': give true or false.")]
    [InlineData("Prune", "true", "Scheduling:Jobs:Prune is not a setting: did you mean Prunes?")]
    [InlineData("acme:a:Executor", "x", "Scheduling:Jobs:acme is not a setting: jobs stand in Scheduling:Jobs:Tenants:{tenant}:{key}, and beside it are allowed Set, Generation, Prunes, Adopts, Tenants.")]
    [InlineData("Set", "", "Scheduling:Jobs:Tenants:acme: ")]
    public void Start_SettingsOfTheSetAreWrong_AreTold(string name, string value, string expected)
    {
        var settings = new Dictionary<string, string?>(Job("a").Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)), StringComparer.OrdinalIgnoreCase) { [$"Scheduling:Jobs:{name}"] = value };

        Assert.Contains(Problems(settings), problem => problem.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Start_SetsThatWouldFight_AreTold()
    {
        var set = new JobSet { Name = "configuration", Jobs = [TestHost.Manual("a", "x")] };
        var settings = Job("a").ToDictionary(static pair => pair.Key, static pair => (string?)pair.Value, StringComparer.OrdinalIgnoreCase);

        var problems = Problems(settings, s => s.AddJobSet("acme", set).AddJob("acme", TestHost.Manual("a", "x")));

        Assert.Contains(problems, static problem => problem.Contains("The set 'configuration' of tenant 'acme' is given twice", StringComparison.Ordinal));
        Assert.Contains(problems, static problem => problem.Contains("the job 'a' has another definition too", StringComparison.Ordinal));
    }

    [Fact]
    public void AddJobSet_DryRun_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddScheduling(static s => s.AddJobSet("acme", new JobSet { Name = "code", Jobs = [] }, new ReconcileOptions { IsDryRun = true })));

    private static IReadOnlyList<string> Problems(Dictionary<string, string?> settings, Action<SchedulingBuilder>? scheduling = null)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddScheduling(scheduling);
        using var provider = services.BuildServiceProvider();
        return [.. Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<SchedulingOptions>>().Value).Failures];
    }

    private static (string Key, string Value)[] Job(string key) =>
        [($"{Acme}:{key}:Executor", "x"), ($"{Acme}:{key}:Schedule:FrequencyType", "INTERVAL_BASED"), ($"{Acme}:{key}:Schedule:IntervalMinutes", "30")];

    private static Task<TestHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(store: null, time: null, settings);

    private static async Task<TestHost> StartAsync(FaultyStore? store, ManualTimeProvider? time, (string Key, string? Value)[] settings)
    {
        var host = TestHost.Create(settings: settings, store: store, time: time);
        await host.Host.StartAsync();
        await host.Time.UntilAsync(() => host.Logs.CountOf(106) == 1);
        return host;
    }
}
