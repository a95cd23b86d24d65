using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Scheduling.Benchmarks.Cron;

/// <summary>One table out of all cron results of a run: the median nanoseconds for each expression, the geometric mean and the ratios to the peers.</summary>
internal static class CronTable
{
    private static readonly string[] Peers = ["Quartz", "NCrontab"];

    public static void Print(IReadOnlyCollection<Summary> summaries)
    {
        var reports = summaries.SelectMany(s => s.Reports).Where(r => r.ResultStatistics is not null && r.BenchmarkCase.Descriptor.Type.Name.StartsWith("Cron", StringComparison.Ordinal));
        foreach (var type in reports.GroupBy(r => r.BenchmarkCase.Descriptor.Type.Name, StringComparer.Ordinal))
        {
            PrintType(type.Key, type.ToList());
        }
    }

    private static void PrintType(string name, List<BenchmarkReport> reports)
    {
        var methods = reports.Select(Method).Distinct(StringComparer.Ordinal).ToList();
        Line($"\n### {name} (ns, medians of {reports.Max(static r => r.ResultStatistics!.N)} iterations at most; outliers are left out)\n");
        Line($"| expression | {string.Join(" | ", methods)} |");
        Line($"|---|{string.Concat(methods.Select(_ => "---:|"))}");
        foreach (var expression in reports.GroupBy(Expression, StringComparer.Ordinal))
        {
            Line($"| `{expression.Key}` | {string.Join(" | ", methods.Select(m => Cell(expression.FirstOrDefault(r => string.Equals(Method(r), m, StringComparison.Ordinal))?.ResultStatistics?.Median)))} |");
        }

        Line($"| **geometric mean of the medians** | {string.Join(" | ", methods.Select(m => Cell(GeometricMean(reports, m))))} |");
        Line($"| bytes per operation, at most | {string.Join(" | ", methods.Select(m => Bytes(reports, m)))} |");
        foreach (var (ours, peer) in from ours in methods from peer in methods where IsPeer(ours, peer) select (ours, peer))
        {
            Line($"\n{ours} is {GeometricMean(reports, peer) / GeometricMean(reports, ours):F1} times as fast as {peer} (geometric means of the medians).");
        }
    }

    private static bool IsPeer(string ours, string peer) =>
        ours.StartsWith("Scheduling", StringComparison.Ordinal) && Peers.Any(p => string.Equals(peer, p + ours["Scheduling".Length..], StringComparison.Ordinal));

    private static string Method(BenchmarkReport report) => report.BenchmarkCase.Descriptor.WorkloadMethod.Name;

    private static string Expression(BenchmarkReport report) => report.BenchmarkCase.Parameters["Expression"]?.ToString() ?? "";

    private static double GeometricMean(List<BenchmarkReport> reports, string method) =>
        Math.Exp(reports.Where(r => string.Equals(Method(r), method, StringComparison.Ordinal)).Average(r => Math.Log(r.ResultStatistics!.Median)));

    private static string Bytes(List<BenchmarkReport> reports, string method) =>
        reports.Where(r => string.Equals(Method(r), method, StringComparison.Ordinal)).Max(r => r.GcStats.GetBytesAllocatedPerOperation(r.BenchmarkCase) ?? 0).ToString(CultureInfo.InvariantCulture);

    private static string Cell(double? nanoseconds) => nanoseconds?.ToString("N1", CultureInfo.InvariantCulture) ?? "";

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
