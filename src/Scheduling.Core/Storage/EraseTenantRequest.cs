using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Erases some of what a store has of a tenant.</summary>
[Experimental("SCHED0001")]
public sealed record EraseTenantRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The most rows of each kind to touch; positive.</summary>
    public int BatchSize { get; init; } = 500;
}
