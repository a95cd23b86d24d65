using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>One page of a tenant's secrets.</summary>
[Experimental("SCHED0001")]
public sealed record ListSecretsRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The name of the last secret of the page before; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>The most secrets to return; positive.</summary>
    public required int Size { get; init; }
}
