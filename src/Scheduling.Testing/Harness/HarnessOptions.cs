using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>How a harness works. Every default is meant for a test that does not care.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HarnessOptions
{
    /// <summary>Where time begins. Default: 2026-03-02T00:00:00Z, a Monday.</summary>
    public Instant Start { get; init; } = Instant.FromUtc(2026, 3, 2, 0, 0);

    /// <summary>
    /// Draws the order in which things that could go on at the same time do so: runs, nodes, timers, store calls of several nodes. The same seed gives the same order. Null (the default): the order in which they came.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>The zone data; null (the default) for those that come with NodaTime.</summary>
    public IDateTimeZoneProvider? Zones { get; init; }

    /// <summary>Makes the store, given the harness's clock; disposed with the harness if it can be. Null (the default): in memory. The store that a registration chooses is not used.</summary>
    [Experimental("SCHED0001")]
    public Func<TimeProvider, ISchedulingStore>? Store { get; init; }

    /// <summary>How many ended executions the store in memory keeps, at least 1. Default 1,000,000.</summary>
    public int MaximumHistory { get; init; } = 1_000_000;

    /// <summary>
    /// Whether time goes to the next due work at once while all nodes are idle, nothing is open and nothing is broken: the looks that a node makes every 30 seconds in case a wake was lost are left out then, and
    /// housekeeping waits for the next work. Default true.
    /// </summary>
    public bool SkipsIdleLooks { get; init; } = true;

    /// <summary>
    /// Whether the engines give each call to the store a deadline, as they do with a store outside the process. Default true; false is faster with the store in memory, and then a call that hangs does so until the
    /// fault is healed.
    /// </summary>
    public bool CallsHaveDeadlines { get; init; } = true;

    /// <summary>How long, in real time, user code may work without waiting for virtual time before the harness says that it is stuck. More than zero; default 10 s.</summary>
    public Duration RealTimeLimit { get; init; } = Duration.FromSeconds(10);

    /// <summary>How many of the latest lines the transcript keeps, at least 1. Default 10,000.</summary>
    public int TranscriptLines { get; init; } = 10_000;

    /// <summary>Gets each line of the transcript as it is written, such as a test framework's output; null (the default) for nobody.</summary>
    public Action<string>? WriteLine { get; init; }
}
