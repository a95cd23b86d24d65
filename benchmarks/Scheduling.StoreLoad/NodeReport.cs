using System.Globalization;

namespace Scheduling.Load;

/// <summary>What a node has done: one line, so that a process can say it.</summary>
internal sealed record NodeReport
{
    public int Runs { get; init; }

    /// <summary>Stamps of the monotonic clock, which all processes of a machine share.</summary>
    public long First { get; init; }

    public long Last { get; init; }

    /// <summary>Processor time of the process, in milliseconds, from its start signal to its end.</summary>
    public double CpuMilliseconds { get; init; }

    /// <summary>Claims that found something, and how long all of them took.</summary>
    public long Claims { get; init; }

    public double ClaimMilliseconds { get; init; }

    /// <summary>How late runs began, in milliseconds, sorted; at most a hundred thousand.</summary>
    public IReadOnlyList<double> Lates { get; init; } = [];

    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"report {Runs} {First} {Last} {CpuMilliseconds:F0} {Claims} {ClaimMilliseconds:F0} {string.Join(' ', Lates.Select(static late => late.ToString("F2", CultureInfo.InvariantCulture)))}");

    public static NodeReport? FromLine(string? line)
    {
        if (line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["report", var runs, var first, var last, var cpu, var claims, var claimTime, .. var lates])
            return null;
        return new()
        {
            Runs = int.Parse(runs, CultureInfo.InvariantCulture),
            First = long.Parse(first, CultureInfo.InvariantCulture),
            Last = long.Parse(last, CultureInfo.InvariantCulture),
            CpuMilliseconds = double.Parse(cpu, CultureInfo.InvariantCulture),
            Claims = long.Parse(claims, CultureInfo.InvariantCulture),
            ClaimMilliseconds = double.Parse(claimTime, CultureInfo.InvariantCulture),
            Lates = [.. lates.Select(static late => double.Parse(late, CultureInfo.InvariantCulture))],
        };
    }

    /// <summary>The mean claim of all reports together.</summary>
    public static string MeanClaim(IReadOnlyCollection<NodeReport> reports)
    {
        var claims = Math.Max(1, reports.Sum(static report => report.Claims));
        return string.Create(CultureInfo.InvariantCulture, $"a claim: {(double)reports.Sum(static report => report.Runs) / claims:N0} runs, {reports.Sum(static report => report.ClaimMilliseconds) / claims:N0} ms");
    }

    /// <summary>Percentiles of all reports together.</summary>
    public static string Lateness(IEnumerable<NodeReport> reports)
    {
        var sorted = reports.SelectMany(static report => report.Lates).Order().ToArray();
        return sorted.Length == 0 ? "no runs" : string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Length / 2]:N1} ms, p99 {sorted[sorted.Length * 99 / 100]:N1} ms, max {sorted[^1]:N1} ms");
    }
}
