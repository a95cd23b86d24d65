using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>A run now.</summary>
[Experimental("SCHED0001")]
public sealed record EnqueueRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The job.</summary>
    public required JobRef Job { get; init; }

    /// <summary>The same key for the same job gives the same execution, as long as that is kept; null for a new one each time.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The trace in which the run was asked for, as a W3C traceparent (55 characters); null for none. Kept while the execution is open and handed out with each of its attempts.</summary>
    public string? TraceParent { get; init; }
}
