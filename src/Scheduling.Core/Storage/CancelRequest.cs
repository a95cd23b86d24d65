using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>A request to end an execution.</summary>
[Experimental("SCHED0001")]
public sealed record CancelRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The execution.</summary>
    public required ExecutionId Id { get; init; }

    /// <summary>Why; null for no reason.</summary>
    public string? Reason { get; init; }
}
