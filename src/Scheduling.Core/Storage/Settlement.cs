using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>The result of one attempt.</summary>
[Experimental("SCHED0001")]
public sealed class Settlement
{
    /// <summary>The execution.</summary>
    public required ExecutionId Id { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The executor that made the attempt; with the tenant it names the turn, which a store locks first.</summary>
    public required string Executor { get; init; }

    /// <summary>The token of the attempt; any other than the stored one is refused.</summary>
    public required long Token { get; init; }

    /// <summary>What becomes of the execution.</summary>
    public required SettlementKind Kind { get; init; }

    /// <summary>The end, for <see cref="SettlementKind.End"/>; a terminal status.</summary>
    public ExecutionStatus Status { get; init; }

    /// <summary>Why; for a retry, why the attempt failed.</summary>
    public ExecutionReason Reason { get; init; }

    /// <summary>The wait before the next attempt, counted from the store's now, for <see cref="SettlementKind.Retry"/>.</summary>
    public Duration RetryAfter { get; init; }

    /// <summary>For <see cref="SettlementKind.HandBack"/>: whether the work had begun. One that had not does not even count as an attempt.</summary>
    public bool HadBegun { get; init; } = true;

    /// <summary>What the executor said, cut and clean; or null.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong, cut and clean; or null.</summary>
    public ExecutionError? Error { get; init; }

    /// <summary>What the attempt reported and the store has not heard yet; null for nothing. Written when the result is accepted, and only then.</summary>
    public RunReport? Report { get; init; }
}
