using System.Diagnostics;

namespace Scheduling.Load;

/// <summary>Measures what this process spends on a number of runs: time, CPU time of all threads, and bytes allocated.</summary>
internal sealed class CostMeter
{
    private readonly long _bytes = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private readonly long _stamp = Stopwatch.GetTimestamp();

    private CostMeter()
    {
    }

    /// <summary>Moves everything that is there into the oldest generation, so that what is measured does not pay for what was made before.</summary>
    public static void Settle()
    {
        for (var i = 0; i <= GC.MaxGeneration; i++)
            GC.Collect();
    }

    public static CostMeter Start() => new();

    public RunCost Stop(int runs)
    {
        var elapsed = Stopwatch.GetElapsedTime(_stamp);
        var cpu = Environment.CpuUsage.TotalTime - _cpu;
        return new RunCost(runs / elapsed.TotalSeconds, cpu.TotalMicroseconds / runs, (GC.GetTotalAllocatedBytes(precise: true) - _bytes) / (double)runs);
    }
}
