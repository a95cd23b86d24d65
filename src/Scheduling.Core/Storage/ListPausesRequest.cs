using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>One page of the pauses of tenants and executors.</summary>
[Experimental("SCHED0001")]
public sealed record ListPausesRequest
{
    /// <summary>Only those that concern this tenant, those of executors of all tenants included; null for all.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Only those that concern this executor, those of whole tenants included; null for all.</summary>
    public string? Executor { get; init; }

    /// <summary>Whether pauses that have ended are listed too.</summary>
    public bool IncludesEnded { get; init; }

    /// <summary>The last pause of the page before; null for the first page.</summary>
    public ScopedPause? After { get; init; }

    /// <summary>The most pauses to return; positive.</summary>
    public required int Size { get; init; }
}
