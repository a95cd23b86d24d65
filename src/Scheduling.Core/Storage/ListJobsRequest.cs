using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>One page of a tenant's jobs.</summary>
[Experimental("SCHED0001")]
public sealed record ListJobsRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The last job of the page before; null for the first page.</summary>
    public JobId? After { get; init; }

    /// <summary>The most jobs to return; positive.</summary>
    public required int Size { get; init; }
}
