using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Scheduling.Load;

/// <summary>A node in a process of its own: an ordinary host with an executor that counts.</summary>
internal static class Node
{
    private const int MostLates = 100_000;

    public static async Task RunAsync(NodeSettings settings)
    {
        var lates = new ConcurrentQueue<double>();
        var (runs, first, last) = (0, long.MaxValue, 0L);
        var work = TimeSpan.FromMilliseconds(settings.WorkMilliseconds);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().AddFilter(static level => level >= LogLevel.Warning);
        builder.Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddScheduling(s => s
            .UseStore(settings.Store, _ => settings.Open())
            .AddExecutor("work", async (run, ct) =>
            {
                var stamp = Stopwatch.GetTimestamp();
                if (Interlocked.Increment(ref runs) <= MostLates)
                    lates.Enqueue((Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - run.DueAt).TotalMilliseconds);
                if (stamp < Volatile.Read(ref first))
                    Interlocked.CompareExchange(ref first, stamp, long.MaxValue);
                if (work > TimeSpan.Zero)
                    await Task.Delay(work, TimeProvider.System, ct);
                Volatile.Write(ref last, Stopwatch.GetTimestamp());
                return JobResult.Success();
            })
            .Configure(options => options.MaxConcurrentRuns = settings.Places));
        using var host = builder.Build();
        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadLineAsync();
        var cpu = Environment.CpuUsage.TotalTime;
        await host.StartAsync();
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
        var used = Environment.CpuUsage.TotalTime - cpu;
        await host.StopAsync();
        var report = new NodeReport { Runs = runs, First = first, Last = last, CpuMilliseconds = used.TotalMilliseconds, Lates = [.. lates.Order()] };
        await Console.Out.WriteLineAsync(report.ToLine());
    }
}
