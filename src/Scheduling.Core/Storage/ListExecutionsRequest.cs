using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>One page of executions, newest first.</summary>
[Experimental("SCHED0001")]
public sealed record ListExecutionsRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Only those of this job; null for all of the tenant's.</summary>
    public JobRef? Job { get; init; }

    /// <summary>Only those that this executor did or is to do; null for all.</summary>
    public string? Executor { get; init; }

    /// <summary>Only those of one of these statuses; empty for all.</summary>
    public IReadOnlyCollection<ExecutionStatus> Statuses { get; init; } = [];

    /// <summary>The last execution of the page before; null for the newest page.</summary>
    public ExecutionId? Before { get; init; }

    /// <summary>The most executions to return; positive.</summary>
    public required int Size { get; init; }
}
