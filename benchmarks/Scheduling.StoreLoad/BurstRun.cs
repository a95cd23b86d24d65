using System.Diagnostics;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>Lets nodes empty a store that is full of due jobs.</summary>
internal static class BurstRun
{
    public sealed record Outcome(double RunsPerSecond, double NodeMicroseconds, IReadOnlyList<NodeReport> Reports);

    /// <summary>Starts nodes, lets them go at once and waits until nothing is due or open.</summary>
    public static async Task<Outcome> RunAsync(Func<Task<bool>> isEmpty, NodeSettings settings, int nodes, int jobs, Func<Task>? ready = null)
    {
        var processes = await NodeProcess.StartAsync(nodes, settings);
        try
        {
            if (ready is not null)
                await ready();
            var began = Stopwatch.GetTimestamp();
            foreach (var process in processes)
                process.Go();
            var done = await EmptyAsync(isEmpty);
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

    /// <summary>Asks a store of any kind. Not for a store under measurement that pays for the question, as a database server does.</summary>
    public static Func<Task<bool>> EmptinessOf(ISchedulingStore store) => async () => await store.Claims.InspectAsync(default) is { OldestDue: null, OpenExecutions: 0 };

    /// <returns>When nothing was due or open any more.</returns>
    private static async Task<long> EmptyAsync(Func<Task<bool>> isEmpty)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            var stamp = Stopwatch.GetTimestamp();
            if (await isEmpty())
                return stamp;
        }
    }
}
