using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.TestKit;

namespace Scheduling.Hosting.Tests;

/// <summary>A real host with the real loop and engine on virtual time, on a store that can be made to fail, with every log line kept.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;

    private TestHost(IHost host, ManualTimeProvider time, FaultyStore store, LogSink logs) => (_host, Time, Store, Logs) = (host, time, store, logs);

    /// <summary>Where virtual time begins.</summary>
    public static Instant Begin { get; } = Instant.FromUtc(2026, 3, 4, 15, 30, 20);

    public ManualTimeProvider Time { get; }

    public FaultyStore Store { get; }

    public LogSink Logs { get; }

    public IServiceProvider Services => _host.Services;

    public IHost Host => _host;

    public JobScheduler Jobs => Services.GetRequiredService<JobScheduler>();

    public SchedulerEngine Engine => Services.GetRequiredService<SchedulerEngine>();

    public SchedulingLoop Loop => Services.GetServices<IHostedService>().OfType<SchedulingLoop>().Single();

    /// <summary>Whether the loop sleeps, and its timer has not fired.</summary>
    public bool IsAsleep => Loop.WakesAt == long.MaxValue || Time.HasTimerAt(Loop.WakesAt);

    /// <summary>Whether nothing will happen until time moves: no run is under way, no result waits, and the loop sleeps.</summary>
    public bool IsAtRest => IsAsleep && Engine.Snapshot() is { Active: 0, Unsettled: 0 };

    public ITenantJobs Acme => Jobs.ForTenant("acme");

    public static TestHost Create(
        Action<SchedulingBuilder>? scheduling = null,
        Action<IServiceCollection>? services = null,
        (string Key, string? Value)[]? settings = null,
        FaultyStore? store = null,
        ManualTimeProvider? time = null)
    {
        time ??= new ManualTimeProvider(Begin);
        store ??= new FaultyStore(time);
        var logs = new LogSink();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        if (settings is not null)
            builder.Configuration.AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, s.Value)));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
        services?.Invoke(builder.Services);
        builder.AddScheduling(s => s.UseStore("UseFaulty", _ => store));
        builder.AddScheduling(scheduling);
        return new TestHost(builder.Build(), time, store, logs);
    }

    public static async Task<TestHost> StartAsync(Action<SchedulingBuilder>? scheduling = null, Action<IServiceCollection>? services = null, FaultyStore? store = null, ManualTimeProvider? time = null)
    {
        var host = Create(scheduling, services, store: store, time: time);
        await host._host.StartAsync();
        await host.Time.UntilAsync(() => host.Engine.Snapshot().State == EngineState.Running);
        return host;
    }

    public static JobDefinition Manual(string key, string executor) => new() { Key = key, Executor = executor, Schedule = Schedule.Manual };

    /// <summary>Runs a job by hand and waits for the end of its execution.</summary>
    public async Task<Execution> RunAsync(string key)
    {
        var asked = await Acme.RunNowAsync(key);
        return await EndOfAsync(asked.Id);
    }

    public async Task<Execution> EndOfAsync(ExecutionId id)
    {
        Execution? execution = null;
        await Time.UntilAsync(() => (execution = Acme.Executions.GetAsync(id).AsTask().Result)?.Status is not (ExecutionStatus.Pending or ExecutionStatus.Running));
        return execution!;
    }

    public async Task<IReadOnlyList<Execution>> HistoryAsync() => (await Acme.Executions.ListAsync()).Items;

    public async ValueTask DisposeAsync()
    {
        Store.Before = static _ => null;
        Store.Hangs = static _ => false;
        Store.Takes = static _ => TimeSpan.Zero;
        try
        {
            // A stop without any time: what still runs is handed back.
            await _host.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // The host says that it had no time, which is what was asked for.
        }
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
