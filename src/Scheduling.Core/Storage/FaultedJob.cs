using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>A job that a claim or a sweep had to stop.</summary>
[Experimental("SCHED0001")]
public readonly record struct FaultedJob
{
    /// <summary>Makes the note.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="fault">Why.</param>
    public FaultedJob(TenantId tenant, JobId jobId, JobFault fault) => (Tenant, JobId, Fault) = (tenant, jobId, fault);

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>The job.</summary>
    public JobId JobId { get; }

    /// <summary>Why.</summary>
    public JobFault Fault { get; }
}
