using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Hosting.Tests;

public class AddSchedulingTests
{
    [Fact]
    public async Task AddScheduling_OnServicesAlone_MakesEverythingResolvable()
    {
        await using var services = new ServiceCollection().AddScheduling().BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.IsType<InMemoryStore>(services.GetRequiredService<ISchedulingStore>());
        Assert.NotNull(services.GetRequiredService<JobScheduler>());
        Assert.Equal(256, services.GetRequiredService<SchedulerEngine>().Options.MaxConcurrentRuns);
        Assert.NotNull(services.GetRequiredService<SchedulingHealthCheck>());
        Assert.Single(services.GetServices<IHostedService>());
        Assert.Same(TimeProvider.System, services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task AddScheduling_Twice_AddsToOneSchedulerWithOneLoop()
    {
        await using var host = TestHost.Create(
            static s => s.AddExecutor("a", static (_, _) => ValueTask.FromResult(JobResult.Success("from a"))),
            static services => services.AddScheduling(s => s.AddExecutor("b", static (_, _) => ValueTask.FromResult(JobResult.Success("from b")))));
        await host.Host.StartAsync();
        await host.Acme.CreateAsync(TestHost.Manual("one", "a"));
        await host.Acme.CreateAsync(TestHost.Manual("two", "b"));

        Assert.Equal("from a", (await host.RunAsync("one")).Message);
        Assert.Equal("from b", (await host.RunAsync("two")).Message);
        Assert.Single(host.Services.GetServices<IHostedService>().OfType<SchedulingLoop>());
        Assert.Equal(1, host.Logs.CountOf(100));
    }

    [Fact]
    public async Task AddScheduling_StoreOfTheProgram_IsUsed()
    {
        var store = new InMemoryStore();
        await using var services = new ServiceCollection().AddSingleton<ISchedulingStore>(store).AddScheduling().BuildServiceProvider();

        Assert.Same(store, services.GetRequiredService<ISchedulingStore>());
    }

    [Fact]
    public async Task UseStore_SameNameTwice_TakesTheLast()
    {
        var (first, last) = (new InMemoryStore(), new InMemoryStore());
        await using var services = new ServiceCollection().AddScheduling(s => s.UseStore("UseMine", _ => first).UseStore("UseMine", _ => last)).BuildServiceProvider();

        Assert.Same(last, services.GetRequiredService<ISchedulingStore>());
    }

    [Fact]
    public async Task Start_WithProblems_ThrowsThemAllAndStartsNothing()
    {
        await using var host = TestHost.Create(
            s => s
                .UseInMemory()
                .AddExecutor("sync", static (_, _) => default)
                .AddExecutor("sync", static (_, _) => default)
                .AddExecutor(" bad", static (_, _) => default, maxConcurrentRuns: 0)
                .AddJob("", TestHost.Manual("job", "sync"))
                .AddJob("acme", new JobDefinition { Executor = "sync", Schedule = Schedule.Manual })
                .AddJob("acme", new JobDefinition { Key = "never", Executor = "", Schedule = Schedule.Cron("0 0 30 2 *") })
                .AddJob("acme", TestHost.Manual("twice", "sync"))
                .AddJob("acme", TestHost.Manual("twice", "sync")),
            settings: [("Scheduling:MaxConcurrentRuns", "0")]);

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.Host.StartAsync());

        string[] expected =
        [
            "Scheduling:MaxConcurrentRuns is '0'",
            "Executor 'sync' was added twice",
            "Executor ' bad' (a delegate) was added with maxConcurrentRuns 0",
            "Executor of a delegate: executor begins or ends with white space",
            "UseFaulty and UseInMemory were both called",
            "AddJob(\"\", \"job\"): tenant is empty",
            "AddJob(\"acme\", \"\"): key is required",
            "AddJob(\"acme\", \"never\"): 2 problems",
            "AddJob(\"acme\", \"twice\") was called twice",
        ];
        Assert.All(expected, start => Assert.Contains(refusal.Failures, failure => failure.StartsWith(start, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, refusal.Failures.Count());
        Assert.Equal(0, host.Store.Calls);
        Assert.Equal(0, host.Logs.CountOf(100));
    }

    [Fact]
    public void Build_WithValidation_FindsAnExecutorWhoseDependencyIsMissing()
    {
        // What the host does in Development. The class is a service, so its constructor is checked like any other.
        var services = new ServiceCollection().AddScheduling(static s => s.AddExecutor<NeedsMissing>("x"));

        var refusal = Assert.Throws<AggregateException>(() => services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true }));

        Assert.Contains(nameof(NeedsMissing), refusal.Message, StringComparison.Ordinal);
    }

    private sealed class NeedsMissing(Uri missing) : IJobExecutor
    {
        public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct) => ValueTask.FromResult(JobResult.Success(missing.Host));
    }
}
