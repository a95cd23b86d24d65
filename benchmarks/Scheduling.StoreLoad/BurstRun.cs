using System.Diagnostics;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>Lets nodes empty a store that is full of due jobs.</summary>
internal static class BurstRun
{
    public sealed record Outcome(double RunsPerSecond, double NodeMicroseconds, IReadOnlyList<NodeReport> Reports);

    /// <summary>Starts nodes, lets them go at once and waits until nothing is due or open.</summary>
    public static async Task<Outcome> RunAsync(ISchedulingStore store, NodeSettings settings, int nodes, int jobs)
    {
        var processes = await NodeProcess.StartAsync(nodes, settings);
        try
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var process in processes)
                process.Go();
            var done = await EmptyAsync(store);
            var reports = new List<NodeReport>();
            foreach (var process in processes)
                reports.Add(await process.StopAsync());
            var runs = reports.Sum(static report => report.Runs);
            if (runs != jobs)
                throw new InvalidOperationException($"{runs} runs began for {jobs} jobs.");

            // From the first run's begin: the start of a process is not what is measured.
            var first = Math.Max(began, reports.Min(static report => report.First));
            var seconds = Stopwatch.GetElapsedTime(first, done).TotalSeconds;
            return new Outcome(jobs / seconds, 1_000 * reports.Sum(static report => report.CpuMilliseconds) / jobs, reports);
        }
        finally
        {
            foreach (var process in processes)
                process.Dispose();
        }
    }

    /// <returns>When nothing was due or open any more.</returns>
    private static async Task<long> EmptyAsync(ISchedulingStore store)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            var stamp = Stopwatch.GetTimestamp();
            var status = await store.Claims.InspectAsync(default);
            if (status is { OldestDue: null, OpenExecutions: 0 })
                return stamp;
        }
    }
}
