namespace Scheduling.Load;

/// <summary>What one run cost: on a machine that others use too, CPU time says more than the rate.</summary>
internal readonly record struct RunCost(double RunsPerSecond, double CpuMicroseconds, double Bytes);
