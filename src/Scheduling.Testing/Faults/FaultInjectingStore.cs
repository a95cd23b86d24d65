using System.Diagnostics.CodeAnalysis;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>Any store, with a line to it that a test can cut: calls throw, hang, lose their answers or come late, and every call is counted.</summary>
/// <remarks>
/// Thread-safe. Faults may be injected and healed at any time; calls under way feel a healing, not an injection. Several of these around one store are several lines to it: cutting one leaves the others. The
/// inner store is not disposed with it.
/// </remarks>
[Experimental("SCHED0001")]
public sealed class FaultInjectingStore : ISchedulingStore
{
    private readonly ISchedulingStore _inner;

    /// <summary>Puts a line in front of a store; no fault is injected yet.</summary>
    /// <param name="inner">The store.</param>
    public FaultInjectingStore(ISchedulingStore inner)
        : this(inner, schedule: null, hasDeadlines: true)
    {
    }

    internal FaultInjectingStore(ISchedulingStore inner, IStoreCallSchedule? schedule, bool hasDeadlines)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        Calls = new FaultyCalls(schedule);
        Jobs = new FaultyJobStore(inner.Jobs, Calls);
        Executions = new FaultyExecutionStore(inner.Executions, Calls);
        Pauses = new FaultyPauseStore(inner.Pauses, Calls);
        Secrets = new FaultySecretStore(inner.Secrets, Calls);
        Claims = new FaultyClaimStore(inner.Claims, Calls);
        Capabilities = hasDeadlines ? inner.Capabilities with { AnswersAtOnce = false } : inner.Capabilities;
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <summary>Those of the inner store, but that calls need deadlines, because they may hang.</summary>
    public StoreCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public IJobStore Jobs { get; }

    /// <inheritdoc/>
    public IExecutionStore Executions { get; }

    /// <inheritdoc/>
    public IPauseStore Pauses { get; }

    /// <inheritdoc/>
    public ISecretStore Secrets { get; }

    /// <inheritdoc/>
    public IClaimStore Claims { get; }

    /// <summary>What decides about each call beyond what was injected: asked with the call, once for each; null for nothing. For faults at random.</summary>
    public Func<StoreCall, StoreFault>? Decide
    {
        get => Calls.Decide;
        set => Calls.Decide = value;
    }

    /// <summary>Whether a fault is injected that is not used up, or <see cref="Decide"/> is set.</summary>
    public bool IsFaulty => Calls.IsFaulty;

    /// <summary>How many calls hang now.</summary>
    public int HangingCalls => Calls.Hanging;

    internal FaultyCalls Calls { get; }

    /// <summary>Injects a fault, beside those that are injected already: the first one that fits a call counts.</summary>
    /// <param name="calls">The calls that it hits.</param>
    /// <param name="fault">What goes wrong with them.</param>
    /// <param name="times">How many calls it hits, at least 1; <see cref="int.MaxValue"/>, the default, for all until it is healed.</param>
    /// <param name="exception">Makes what a throwing call throws; null for a <see cref="StoreFaultException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public void Inject(StoreCall calls, StoreFault fault, int times = int.MaxValue, Func<Exception>? exception = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        Calls.Add(new FaultRule(calls, fault, times, exception));
    }

    /// <summary>Takes all faults away, <see cref="Decide"/> included. Calls that hang throw now, and those that come late reach the store.</summary>
    public void Heal() => Calls.Heal();

    /// <summary>How often calls were made, whatever became of them.</summary>
    /// <param name="calls">The calls to count; a combination counts their sum.</param>
    /// <returns>The count since the store was made.</returns>
    public long CountOf(StoreCall calls = StoreCall.All) => Calls.CountOf(calls);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken) =>
        await Calls.DoAsync(
            StoreCall.Initialize,
            _inner,
            static async (inner, ct) =>
            {
                await inner.InitializeAsync(ct).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
}
