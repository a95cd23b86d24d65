using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>One page of a tenant's jobs.</summary>
/// <remarks>Filter and order go by what people see (<see cref="Job"/>): a job that a wide pause stops is paused and has no next run.</remarks>
[Experimental("SCHED0001")]
public sealed record ListJobsRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Which jobs; valid.</summary>
    public JobFilter Filter { get; init; } = JobFilter.None;

    /// <summary>By what they are ordered.</summary>
    public JobOrder Order { get; init; }

    /// <summary>Whether the largest value comes first. Jobs without one come last all the same.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Where the last job of the page before stood; null for the first page.</summary>
    public JobPosition? After { get; init; }

    /// <summary>The most jobs to return; positive.</summary>
    public required int Size { get; init; }
}
