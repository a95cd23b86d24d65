using System.Diagnostics;
using System.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>A node in a process of its own: an ordinary host with an executor that counts.</summary>
internal static class Node
{
    public static async Task RunAsync(NodeSettings settings)
    {
        if (settings.ForWarmUp() is { } warm)
            await WarmUpAsync(warm);
        var counts = new NodeCounts();
        using var host = Build(settings, counts);
        using var claims = new ClaimMeter();
        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadLineAsync();
        var cpu = Environment.CpuUsage.TotalTime;
        await host.StartAsync();
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
        var used = Environment.CpuUsage.TotalTime - cpu;
        await host.StopAsync();
        await Console.Out.WriteLineAsync(counts.Report(used, claims).ToLine());
    }

    private static async Task WarmUpAsync(NodeSettings settings)
    {
        using var host = Build(settings, new NodeCounts());
        await host.StartAsync();
        var store = host.Services.GetRequiredService<ISchedulingStore>();
        while (await store.Claims.InspectAsync(default) is not { OldestDue: null, OpenExecutions: 0 })
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await host.StopAsync();
        await CompilerIsQuietAsync();
    }

    /// <summary>Code that has run often is compiled again in the background, long after it ran; that is no part of what a run costs.</summary>
    private static async Task CompilerIsQuietAsync()
    {
        var (before, quiet) = (-1L, 0);
        while (quiet < 4)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            var now = JitInfo.GetCompiledMethodCount();
            quiet = now == before ? quiet + 1 : 0;
            before = now;
        }
    }

    private static IHost Build(NodeSettings settings, NodeCounts counts)
    {
        var work = TimeSpan.FromMilliseconds(settings.WorkMilliseconds);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddFilter(static level => level >= LogLevel.Warning);
        builder.Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddScheduling(s => s
            .UseStore(settings.Store, _ => settings.Open())
            .AddExecutor("work", async (run, ct) =>
            {
                counts.Began(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - run.DueAt);
                if (work > TimeSpan.Zero)
                    await Task.Delay(work, TimeProvider.System, ct);
                counts.Ended();
                return JobResult.Success();
            })
            .Configure(options => options.MaxConcurrentRuns = settings.Places));
        return builder.Build();
    }
}
