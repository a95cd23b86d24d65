using System.Diagnostics.CodeAnalysis;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>A stretch of slots that a claim recorded as skipped or missed.</summary>
[Experimental("SCHED0001")]
public readonly record struct RecordedGap
{
    /// <summary>Makes a recorded gap.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="executor">The job's executor.</param>
    /// <param name="gap">Which slots, and why.</param>
    public RecordedGap(TenantId tenant, JobId jobId, string executor, SlotGap gap) => (Tenant, JobId, Executor, Gap) = (tenant, jobId, executor, gap);

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>The job.</summary>
    public JobId JobId { get; }

    /// <summary>The job's executor.</summary>
    public string Executor { get; }

    /// <summary>Which slots, and why.</summary>
    public SlotGap Gap { get; }
}
