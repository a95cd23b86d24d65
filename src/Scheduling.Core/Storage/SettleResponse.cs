using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>What a store made of results.</summary>
[Experimental("SCHED0001")]
public sealed record SettleResponse
{
    /// <summary>The store's now.</summary>
    public required Instant StoreNow { get; init; }

    /// <summary>One outcome for each result, in order.</summary>
    public required IReadOnlyList<SettlementOutcome> Outcomes { get; init; }
}
