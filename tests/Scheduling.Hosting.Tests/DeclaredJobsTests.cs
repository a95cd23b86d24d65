using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests;

/// <summary>The jobs that a program says must be there.</summary>
public class DeclaredJobsTests
{
    private static readonly JobDefinition Sync = new() { Key = "sync", Name = "first", Executor = "x", Schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0) };

    [Fact]
    public async Task AddJob_AtEachStart_EnsuresTheJobAndKeepsAnOperatorsPause()
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        var store = new FaultyStore(time);
        await using (var first = await TestHost.StartAsync(static s => s.AddJob("acme", Sync), store: store, time: time))
        {
            await first.Time.UntilAsync(() => first.Logs.CountOf(106) == 1);
            await first.Acme.PauseAsync("sync", by: "ada", reason: "customer asked");
        }

        await using var second = await TestHost.StartAsync(static s => s.AddJob("acme", Sync with { Name = "second" }), store: store, time: time);
        await second.Time.UntilAsync(() => second.Logs.CountOf(106) == 1);

        var job = await second.Acme.GetAsync("sync");
        Assert.Equal(("second", "ada", (Instant?)null), (job!.Name, job.Pause?.By, job.NextRunAt));
    }

    [Fact]
    public async Task AddJob_WritesFail_TriesAgainAndRunsOtherJobsMeanwhile()
    {
        await using var host = TestHost.Create(s => s.AddJob("acme", Sync).AddJob("other", Sync).AddExecutor("x", static (_, _) => default));
        await host.Store.Inner.InitializeAsync(CancellationToken.None);
        var there = new JobScheduler(host.Store.Inner, time: host.Time).ForTenant("acme");
        await there.CreateAsync(TestHost.Manual("there", "x"));
        host.Store.Before = static call => call == "Write" ? new IOException("no route to the store") : null;

        await host.Host.StartAsync();
        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(10), () => host.IsAsleep);

        Assert.InRange(host.Store.CountOf("Write"), 20, 45);
        Assert.Equal(1, host.Logs.CountOf(107));
        Assert.Equal(0, host.Logs.CountOf(102));
        Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("there")).Status);

        host.Store.Before = static _ => null;
        await host.Time.AdvanceUntilAsync(() => host.Logs.CountOf(106) == 1, () => host.IsAsleep, TimeSpan.FromSeconds(31));
        Assert.NotNull(await host.Acme.GetAsync("sync"));
        Assert.NotNull(await host.Jobs.ForTenant("other").GetAsync("sync"));
    }

    [Fact]
    public async Task AddJob_StoreRefusesOne_WritesTheOthersAndSaysSo()
    {
        await using var host = TestHost.Create(s => s.AddJob("acme", Sync).AddJob("acme", Sync with { Key = "two" }));
        host.Store.Before = Refusing(host);

        await host.Host.StartAsync();
        await host.Time.UntilAsync(() => host.Logs.CountOf(106) == 1);

        Assert.Equal("sync", host.Logs.Only(108).Values["Job"]);
        Assert.Null(await host.Acme.GetAsync("sync"));
        Assert.NotNull(await host.Acme.GetAsync("two"));
        Assert.Equal((0, 1), (host.Services.GetRequiredService<DeclaredJobs>().Left, host.Services.GetRequiredService<DeclaredJobs>().Refused));
        await host.Time.UntilAsync(() => host.Engine.Snapshot().State == EngineState.Running);
    }

    private static Func<string, Exception?> Refusing(TestHost host) => call => call == "Write" && host.Store.CountOf("Write") == 1
        ? new SchedulingValidationException(new ValidationError { Field = "schedule", Message = "schedule breaks a rule of this store." })
        : null;
}
