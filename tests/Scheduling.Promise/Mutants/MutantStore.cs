using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>A store in memory with a planted bug in its claims.</summary>
internal sealed class MutantStore(InMemoryStore inner, IClaimStore claims) : ISchedulingStore
{
    public string Name => inner.Name;

    public StoreCapabilities Capabilities => inner.Capabilities;

    public IJobStore Jobs => inner.Jobs;

    public IExecutionStore Executions => inner.Executions;

    public IPauseStore Pauses => inner.Pauses;

    public ISecretStore Secrets => inner.Secrets;

    public IClaimStore Claims => claims;

    /// <summary>Makes the store of a mutant; a bug that is not the store's leaves it whole.</summary>
    public static ISchedulingStore Create(PromiseMutant mutant, TimeProvider clock, Func<string, NodaTime.Duration> skewOf)
    {
        var skewed = new SkewedClock(clock);
        var store = new InMemoryStore(skewed);
        IClaimStore? claims = mutant switch
        {
            PromiseMutant.TokenDropped => new TokenDroppedClaims(store.Claims),
            PromiseMutant.NodeClockUsed => new NodeClockClaims(store.Claims, skewed, skewOf),
            PromiseMutant.AttemptCountedLate => new LateAttemptClaims(store.Claims),
            PromiseMutant.UniqueKeySkipped => new DoubleSlotClaims(store),
            PromiseMutant.LastSlotIgnored => new ForgottenSlotClaims(store),
            _ => null,
        };
        return claims is null ? store : new MutantStore(store, claims);
    }

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);
}
