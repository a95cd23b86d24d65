using System.Collections.Concurrent;
using System.Diagnostics;
using NodaTime;

namespace Scheduling.Load;

/// <summary>What the executor of a node sees. Thread-safe.</summary>
internal sealed class NodeCounts
{
    private const int MostLates = 100_000;

    private readonly ConcurrentQueue<double> _lates = new();
    private int _runs;
    private long _first = long.MaxValue;
    private long _last;

    public void Began(Duration late)
    {
        var stamp = Stopwatch.GetTimestamp();
        if (Interlocked.Increment(ref _runs) <= MostLates)
            _lates.Enqueue(late.TotalMilliseconds);
        if (stamp < Volatile.Read(ref _first))
            Interlocked.CompareExchange(ref _first, stamp, long.MaxValue);
    }

    public void Ended() => Volatile.Write(ref _last, Stopwatch.GetTimestamp());

    public NodeReport Report(TimeSpan cpu, ClaimMeter claims) => new()
    {
        Runs = _runs,
        First = _first,
        Last = _last,
        CpuMilliseconds = cpu.TotalMilliseconds,
        Claims = claims.Claims,
        ClaimMilliseconds = claims.Milliseconds,
        Lates = [.. _lates.Order()],
    };
}
