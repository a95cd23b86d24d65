using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>Deletes one job.</summary>
[Experimental("SCHED0001")]
public sealed record DeleteJobRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The job.</summary>
    public required JobRef Job { get; init; }

    /// <summary>The row that answers for overdue slots, written in the same transaction; gets the stored job and the store's now. Pure.</summary>
    public required Func<Job, Instant, SlotGap?> Overdue { get; init; }
}
