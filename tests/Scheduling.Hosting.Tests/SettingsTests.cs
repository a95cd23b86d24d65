using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Scheduling.Hosting.Tests;

public class SettingsTests
{
    public static TheoryData<string, string, Func<SchedulingOptions, object?>, object?> Readable => new()
    {
        { "Role", "controlonly", static o => o.Role, SchedulingRole.ControlOnly },
        { "Startup", "RequireStore", static o => o.Startup, StartupMode.RequireStore },
        { "Node", "node-7", static o => o.Node, "node-7" },
        { "MaxConcurrentRuns", "12", static o => o.MaxConcurrentRuns, 12 },
        { "LeaseDuration", "00:01:00", static o => o.LeaseDuration, TimeSpan.FromMinutes(1) },
        { "RenewInterval", "00:00:05", static o => o.RenewInterval, TimeSpan.FromSeconds(5) },
        { "MisfireThreshold", "00:00:00", static o => o.MisfireThreshold, TimeSpan.Zero },
        { "Grace", "00:00:01.5", static o => o.Grace, TimeSpan.FromSeconds(1.5) },
        { "SafetyPollInterval", "00:01:00", static o => o.SafetyPollInterval, TimeSpan.FromMinutes(1) },
        { "PollInterval", "00:00:00.100", static o => o.PollInterval, TimeSpan.FromMilliseconds(100) },
        { "SweepInterval", "00:00:20", static o => o.SweepInterval, TimeSpan.FromSeconds(20) },
        { "Retention", "90.00:00:00", static o => o.Retention, TimeSpan.FromDays(90) },
        { "ParkAfter", "01:00:00", static o => o.ParkAfter, TimeSpan.FromHours(1) },
        { "StoreTimeout", "00:00:03", static o => o.StoreTimeout, TimeSpan.FromSeconds(3) },
        { "ShutdownTimeout", "00:01:30", static o => o.ShutdownTimeout, TimeSpan.FromSeconds(90) },
        { "OverdueAlarm", "00:02:00", static o => o.OverdueAlarm, TimeSpan.FromMinutes(2) },
        { "ObserverTimeout", "00:00:02", static o => o.ObserverTimeout, TimeSpan.FromSeconds(2) },
        { "TenantMetrics", "True", static o => o.TenantMetrics, true },
        { "Executors:integration.sync:MaxConcurrentRuns", "3", static o => o.Executors["integration.sync"].MaxConcurrentRuns, 3 },
    };

    public static TheoryData<string, string> Wrong => new()
    {
        { "Role", "1" },
        { "Role", "Everything" },
        { "Startup", "" },
        { "Node", "" },
        { "Node", " a" },
        { "Node", "a\nb" },
        { "MaxConcurrentRuns", "0" },
        { "MaxConcurrentRuns", "100001" },
        { "MaxConcurrentRuns", "many" },
        { "LeaseDuration", "30" },
        { "LeaseDuration", "soon" },
        { "LeaseDuration", "8.00:00:00" },
        { "RenewInterval", "00:00:00" },
        { "MisfireThreshold", "-00:00:01" },
        { "Grace", "-00:00:01" },
        { "SafetyPollInterval", "00:01:00.001" },
        { "PollInterval", "00:00:00.099" },
        { "SweepInterval", "00:00:00" },
        { "Retention", "00:00:59" },
        { "ParkAfter", "00:00:00" },
        { "StoreTimeout", "01:00:00" },
        { "ShutdownTimeout", "-00:00:30" },
        { "OverdueAlarm", "00:00:00" },
        { "ObserverTimeout", "00:00:00" },
        { "LastSuccessAlarms:0:OlderThan", "8" },
        { "LastSuccessAlarms:0:OlderThan", "00:00:00.5" },
        { "LastSuccessAlarms:0:Tenant", "" },
        { "LastSuccessAlarms:0:Job", " github" },
        { "LastSuccessAlarms:0:Older", "00:01:00" },
        { "TenantMetrics", "yes" },
        { "Executors:x:MaxConcurrentRuns", "0" },
        { "Executors:x:MaxConcurrentRuns", "few" },
    };

    [Fact]
    public void Defaults_AreValidAndAgreeWithTheTable()
    {
        var options = OptionsOf();

        Assert.Equal(256, options.MaxConcurrentRuns);
        Assert.Equal(TimeSpan.FromSeconds(30), options.LeaseDuration);
        Assert.Equal(Environment.MachineName, options.Node);
        Assert.All(Settings.All, setting => Assert.Null(setting.Check(options, setting.Name)));
    }

    [Fact]
    public void Table_HasEveryOption()
    {
        var options = typeof(SchedulingOptions).GetProperties().Select(static p => p.Name).Where(static name => name is not (nameof(SchedulingOptions.Executors) or nameof(SchedulingOptions.Admission) or nameof(SchedulingOptions.SecretKeys) or nameof(SchedulingOptions.LastSuccessAlarms)));

        Assert.Equal(options.Order(StringComparer.Ordinal), Settings.All.Select(static s => s.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void Configuration_ReadableValue_IsTaken(string key, string value, Func<SchedulingOptions, object?> get, object? expected) =>
        Assert.Equal(expected, get(OptionsOf(settings: ($"Scheduling:{key}", value))));

    [Fact]
    public void Configuration_Alarms_AreTaken()
    {
        var options = OptionsOf(settings: [
            ("Scheduling:LastSuccessAlarms:0:Tenant", "acme"), ("Scheduling:LastSuccessAlarms:0:Job", "github"), ("Scheduling:LastSuccessAlarms:0:OlderThan", "8.00:00:00"),
            ("Scheduling:LastSuccessAlarms:1:tenant", "globex"), ("Scheduling:LastSuccessAlarms:1:job", "bucket"), ("Scheduling:LastSuccessAlarms:1:olderThan", "00:00:01")]);

        Assert.Equal(
            [("acme", "github", TimeSpan.FromDays(8)), ("globex", "bucket", TimeSpan.FromSeconds(1))],
            options.LastSuccessAlarms.Select(static alarm => (alarm.Tenant, alarm.Job, alarm.OlderThan)));
    }

    [Fact]
    public void Configuration_MoreAlarmsThanAHealthCheckCanRead_IsRefused()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(static s => s.Configure(static o =>
        {
            for (var i = 0; i < 101; i++)
                o.LastSuccessAlarms.Add(new LastSuccessAlarm { Tenant = "acme", Job = "github", OlderThan = TimeSpan.FromDays(1) });
        })));

        Assert.Contains("Scheduling:LastSuccessAlarms has 101 entries: give at most 100", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Configuration_WrongValue_IsRefusedWithItsPathAndWhatIsAllowed(string key, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(settings: ($"Scheduling:{key}", value)));

        var failure = Assert.Single(refusal.Failures, f => f.StartsWith($"Scheduling:{key} is ", StringComparison.Ordinal));
        Assert.Contains("give ", failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure);
    }

    [Fact]
    public void Configuration_SeveralProblems_AreListedAtOnce()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => OptionsOf(
            s => s.AddExecutor("a", static (_, _) => default).AddExecutor<NoExecutor>("a").UseInMemory().UseStore("UseOther", static _ => throw new InvalidOperationException("never made")),
            ("Scheduling:LeaseDuration", "30"),
            ("Scheduling:MaxConcurrentRuns", "-1"),
            ("Scheduling:PollIntervall", "00:00:05"),
            ("Scheduling:Executors:A:MaxConcurrentRuns", "0")));

        string[] expected =
        [
            "Scheduling:LeaseDuration is '30': give a duration from 00:00:01 to 7.00:00:00, written [d.]hh:mm:ss.",
            "Scheduling:PollIntervall is not a setting: did you mean PollInterval?",
            "Scheduling:MaxConcurrentRuns is '-1': give a whole number from 1 to 100000.",
            "Executor 'a' was added twice, by a delegate and by Scheduling.Hosting.Tests.NoExecutor: each key has one executor.",
            "Scheduling:Executors:A:MaxConcurrentRuns is '0': give a whole number from 1 to 100000.",
            "Scheduling:Executors:A names no executor of this program: did you mean 'a'?",
            "UseInMemory and UseOther were both called: a program has one store, so keep one of them.",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), refusal.Failures.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(29, 10, false)]
    [InlineData(30, 10, true)]
    public void LeaseDuration_LessThanThreeRenewals_IsRefused(int lease, int renew, bool isFine)
    {
        var services = Services(s => s.Configure(o => (o.LeaseDuration, o.RenewInterval) = (TimeSpan.FromSeconds(lease), TimeSpan.FromSeconds(renew))));
        var read = () => services.GetRequiredService<IOptions<SchedulingOptions>>().Value;

        if (isFine)
        {
            Assert.Equal(TimeSpan.FromSeconds(lease), read().LeaseDuration);
            return;
        }
        var failure = Assert.Single(Assert.Throws<OptionsValidationException>(read).Failures);
        Assert.Contains("Scheduling:LeaseDuration is 00:00:29 and Scheduling:RenewInterval is 00:00:10", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionString")]
    [InlineData("Tenant")]
    [InlineData("Jobs")]
    public void Configuration_KeyOfTheProgramItself_IsLeftAlone(string key) =>
        Assert.Equal(256, OptionsOf(settings: ($"Scheduling:{key}", "x")).MaxConcurrentRuns);

    [Fact]
    public void Configure_InCode_WinsOverConfiguration() =>
        Assert.Equal(5, OptionsOf(s => s.Configure(static o => o.MaxConcurrentRuns = 5), ("Scheduling:MaxConcurrentRuns", "7")).MaxConcurrentRuns);

    [Fact]
    public void Configure_OtherSection_ReplacesTheDefaultOne()
    {
        var other = new ConfigurationBuilder().AddInMemoryCollection([new("My:Jobs:Grace", "00:00:09")]).Build();

        var options = OptionsOf(s => s.Configure(other.GetSection("My:Jobs")), ("Scheduling:MaxConcurrentRuns", "7"));

        Assert.Equal(TimeSpan.FromSeconds(9), options.Grace);
        Assert.Equal(256, options.MaxConcurrentRuns);
    }

    [Fact]
    public void Limit_OfConfiguration_WinsOverThatOfCode()
    {
        var options = OptionsOf(settings: ("Scheduling:Executors:a:MaxConcurrentRuns", "3"));
        ExecutorDeclaration Declared(string key) => new() { Key = key, Source = "a delegate", MaxConcurrentRuns = 9, Work = static (_, _, _) => default };

        Assert.Equal(3, EngineSettings.LimitOf(Declared("a"), options));
        Assert.Equal(9, EngineSettings.LimitOf(Declared("b"), options));
    }

    private static SchedulingOptions OptionsOf(Action<SchedulingBuilder>? scheduling = null, params (string Key, string? Value)[] settings) =>
        Services(scheduling, settings).GetRequiredService<IOptions<SchedulingOptions>>().Value;

    private static ServiceProvider Services(Action<SchedulingBuilder>? scheduling = null, params (string Key, string? Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, s.Value))).Build());
        services.AddScheduling(scheduling);
        return services.BuildServiceProvider();
    }
}
