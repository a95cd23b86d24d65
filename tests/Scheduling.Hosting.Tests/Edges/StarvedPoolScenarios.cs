using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>For a child process on the system's clock whose pool has no thread left; see <see cref="ChildTests"/>. Whoever blocks the pool is let go by what must come first, or when patience is over.</summary>
public class StarvedPoolScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact(Explicit = true)]
    public void Start_EveryPoolThreadIsBlocked_TheFirstTickAndTheFirstRunComeAllTheSame() => OnOwnThread(static () =>
    {
        ThreadPool.GetMinThreads(out var threads, out _);
        using var gate = new ManualResetEventSlim();
        using var blocked = new CountdownEvent(threads);
        using var ran = new ManualResetEventSlim();
        for (var i = 0; i < threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    blocked.Signal();
                    gate.Wait(Patience);
                },
                state: null);
        }
        Assert.True(blocked.Wait(Patience));
        using var host = Build(s => s
            .AddExecutor("x", (_, _) =>
            {
                ran.Set();
                return default;
            })
            .AddJob("acme", new JobDefinition { Key = "job", Executor = "x", Schedule = Schedule.Interval(Duration.FromSeconds(1)) }));

        host.StartAsync().GetAwaiter().GetResult();
        var hasRun = ran.Wait(Patience / 2);
        var wasBlocked = !gate.IsSet;
        gate.Set();

        Assert.True(hasRun && wasBlocked, "No job ran while the pool was blocked.");
        host.StopAsync().GetAwaiter().GetResult();
    });

    [Fact(Explicit = true)]
    public void Executors_BlockEveryPoolThread_OtherJobsRunAndNoLeaseIsLost() => OnOwnThread(static () =>
    {
        const int Hogs = 8;
        const int Quick = 5;
        using var gate = new ManualResetEventSlim();
        using var quick = new SemaphoreSlim(0);
        using var host = Build(s => s
            .Configure(static o => (o.LeaseDuration, o.RenewInterval) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)))
            .AddExecutor("hog", (_, _) => gate.Wait(Patience, CancellationToken.None) ? default : throw new TimeoutException("Nobody let go."))
            .AddExecutor("quick", (_, _) =>
            {
                quick.Release();
                return default;
            }));
        host.StartAsync().GetAwaiter().GetResult();
        var acme = host.Services.GetRequiredService<JobScheduler>().ForTenant("acme");
        for (var i = 0; i < Hogs; i++)
            RunNow(acme, string.Create(CultureInfo.InvariantCulture, $"hog-{i}"), "hog");

        // Behind every hog that has not got a thread yet, each time.
        for (var i = 0; i < Quick; i++)
        {
            RunNow(acme, string.Create(CultureInfo.InvariantCulture, $"quick-{i}"), "quick");
            Assert.True(quick.Wait(Patience / 2), $"Quick job {i} did not run while the hogs did.");
        }
        var running = host.Services.GetRequiredService<SchedulerEngine>().Snapshot().Active;
        Assert.InRange(running, Environment.ProcessorCount, Hogs + 1);
        gate.Set();

        // The stop writes what has ended.
        host.StopAsync().GetAwaiter().GetResult();
        var rows = acme.Executions.ListAsync().AsTask().GetAwaiter().GetResult().Items;
        Assert.Equal(Hogs + Quick, rows.Count);
        Assert.All(rows, static row => Assert.Equal((ExecutionStatus.Succeeded, 1), (row.Status, row.Attempt)));
    });

    private static IHost Build(Action<SchedulingBuilder> scheduling)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.AddScheduling(scheduling);
        return builder.Build();
    }

    private static void RunNow(ITenantJobs jobs, string key, string executor)
    {
        jobs.CreateAsync(TestHost.Manual(key, executor)).AsTask().GetAwaiter().GetResult();
        jobs.RunNowAsync(key).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Needs nothing of the pool.</summary>
    private static void OnOwnThread(Action test)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(test));
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw failure;
    }
}
