using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>What a claim took and found.</summary>
[Experimental("SCHED0001")]
public sealed record ClaimResponse
{
    /// <summary>The store's now, by which everything was decided.</summary>
    public required Instant StoreNow { get; init; }

    /// <summary>The runs to start; they are leased to the process and count as started.</summary>
    public required IReadOnlyList<ClaimedRun> Runs { get; init; }

    /// <summary>One outcome for each settlement of the request, in order.</summary>
    public IReadOnlyList<SettlementOutcome> Settled { get; init; } = [];

    /// <summary>Slots that were skipped or missed in this claim, for metrics; already recorded.</summary>
    public IReadOnlyList<RecordedGap> Gaps { get; init; } = [];

    /// <summary>Jobs that were faulted in this claim, for logs; already recorded.</summary>
    public IReadOnlyList<FaultedJob> Faults { get; init; } = [];

    /// <summary>Until when the process's lease is good, by the store's clock.</summary>
    public required Instant LeaseUntil { get; init; }

    /// <summary>Whether the claim stopped before it had looked at all due work: another one with the same places would take more.</summary>
    public bool HasMore { get; init; }

    /// <summary>Whether due work was left for want of places, in all, of an executor or of those that are not reserved: claim again when one is free.</summary>
    public bool LacksPlaces { get; init; }

    /// <summary>When to look again: the earliest work of the executors asked for that is not due yet, or the earliest end of another process's lease, always after now; null when neither is known.</summary>
    public Instant? NextWake { get; init; }
}
