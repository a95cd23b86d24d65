using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Scheduling.Schedules;
using Scheduling.Testing;

namespace Scheduling.Virtual;

/// <summary>A year of jobs in a harness: how long that takes.</summary>
internal static class Year
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    public static async Task<int> RunAsync(string[] args)
    {
        var jobs = args is ["--jobs", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000;
        await MeasureAsync("warm-up, a month", Math.Min(jobs, 100), 31, SpreadOverTheDay);
        await MeasureAsync("daily, spread over the day", jobs, 365, SpreadOverTheDay);
        await MeasureAsync("daily, spread over an hour", jobs, 365, static _ => Schedule.Polling(PollingInterval.OneDay, hour: 0));
        await MeasureAsync("daily at midnight, Paris", jobs, 365, static _ => Schedule.Cron("0 0 * * *", "Europe/Paris"));
        await MeasureAsync("weekly, spread over an hour", jobs, 365, static i => Schedule.Polling(PollingInterval.OneWeek, hour: i % 24, dayOfWeek: i % 7));
        return 0;
    }

    private static Schedule SpreadOverTheDay(int job) => Schedule.Cron($"{job % 60} {job / 60 % 24} * * *");

    private static async Task MeasureAsync(string name, int jobs, int days, Func<int, Schedule> schedule)
    {
        var runs = 0;
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        await using var harness = new SchedulingHarness(
            s => s.AddExecutor("work", (_, _) =>
            {
                runs++;
                return ValueTask.FromResult(JobResult.Success());
            }),
            new HarnessOptions { Start = Start });
        for (var i = 0; i < jobs; i++)
            await harness.ForTenant($"tenant-{i % 100}").CreateAsync(new JobDefinition { Key = $"job-{i}", Executor = "work", Schedule = schedule(i) });
        await harness.AdvanceByAsync(Duration.FromDays(days));
        watch.Stop();
        var seconds = watch.Elapsed.TotalSeconds;
        var bytes = GC.GetTotalAllocatedBytes() - before;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-30} {jobs,6:N0} jobs {days,4} days {runs,9:N0} runs {seconds,7:0.00} s {runs / seconds / 1000,6:0} k runs/s {bytes / Math.Max(1, runs),6:N0} B/run, {harness.Nodes[0].Store.CountOf(StoreCall.Claim),9:N0} claims, {harness.Nodes[0].Store.CountOf(StoreCall.Settle),9:N0} settles, {harness.Nodes[0].Store.CountOf(StoreCall.Sweep),9:N0} sweeps, {harness.Nodes[0].Store.CountOf(StoreCall.Renew),9:N0} renewals, {GC.GetTotalMemory(false) / 1048576,4} MB"));
    }
}
