using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Storage;

/// <summary>A tenant's limits and what it has running.</summary>
[Experimental("SCHED0001")]
public sealed record TenantState
{
    /// <summary>The limits.</summary>
    public TenantLimits Limits { get; init; } = TenantLimits.None;

    /// <summary>How many executions run now, on all nodes.</summary>
    public int Running { get; init; }

    /// <summary>Since when a limit holds work back; null when none does.</summary>
    public Instant? HeldSince { get; init; }
}
