using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Jobs and executions in this process's memory: nothing survives it, and nothing is slower than it must be.</summary>
/// <remarks>
/// Thread-safe. Its clock is the <see cref="TimeProvider"/>. Several engines may share one instance; two instances share nothing. Keeps at most a given number of ended executions, of which
/// the oldest go first.
/// </remarks>
public sealed class InMemoryStore : ISchedulingStore
{
    /// <summary>The default number of ended executions that are kept: 100,000.</summary>
    public const int DefaultMaximumHistory = 100_000;

    /// <summary>Makes an empty store.</summary>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="maximumHistory">How many ended executions are kept, at least 1. Default 100,000; a full history takes about 25 MB.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumHistory"/> is less than 1.</exception>
    public InMemoryStore(TimeProvider? time = null, int maximumHistory = DefaultMaximumHistory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumHistory, 1);
        var state = new MemoryState(time ?? TimeProvider.System, maximumHistory);
        Jobs = new MemoryJobStore(state);
        Executions = new MemoryExecutionStore(state);
        Pauses = new MemoryPauseStore(state);
        Secrets = new MemorySecretStore(state);
        Claims = new MemoryClaimStore(state);
        State = state;
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public StoreCapabilities Capabilities { get; } = new() { IsDurable = false, IsShared = false, AnswersAtOnce = true, SendsWakes = true };

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IJobStore Jobs { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IExecutionStore Executions { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IPauseStore Pauses { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public ISecretStore Secrets { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IClaimStore Claims { get; }

    internal MemoryState State { get; }

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
