using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Scheduling.Benchmarks.Schedules;

/// <summary>One table out of all results of a run that are about schedules: the median time and the bytes of each, with the peer beside it.</summary>
internal static class ScheduleTable
{
    public static void Print(IReadOnlyCollection<Summary> summaries)
    {
        var reports = summaries.SelectMany(static s => s.Reports)
            .Where(static r => r.ResultStatistics is not null && string.Equals(r.BenchmarkCase.Descriptor.Type.Namespace, typeof(ScheduleTable).Namespace, StringComparison.Ordinal))
            .ToList();
        if (reports.Count == 0)
        {
            return;
        }

        Console.WriteLine("\n### Schedules (medians)\n\n| what | median | bytes per operation |\n|---|---:|---:|");
        foreach (var report in reports)
        {
            var name = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
            var bytes = (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0).ToString("N0", CultureInfo.InvariantCulture);
            Console.WriteLine($"| {report.BenchmarkCase.Descriptor.Type.Name[..^"Benchmarks".Length]}: {name} | {Time(report.ResultStatistics!.Median)} | {bytes} |");
        }
    }

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => Text(nanoseconds, "ns"),
        < 1_000_000 => Text(nanoseconds / 1_000, "µs"),
        < 1_000_000_000 => Text(nanoseconds / 1_000_000, "ms"),
        _ => Text(nanoseconds / 1_000_000_000, "s"),
    };

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:N1} {unit}");
}
