using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>Creates a job, edits one, or does whichever fits.</summary>
[Experimental("SCHED0001")]
public sealed record WriteJobRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The job to look for.</summary>
    public required JobRef Job { get; init; }

    /// <summary>Makes the job when there is none: gets the store's now. Null: a missing job is not found. Pure.</summary>
    public Func<Instant, Job>? Create { get; init; }

    /// <summary>Edits the job when there is one: gets the stored job and the store's now. Null: an existing job is a conflict. Pure.</summary>
    public Func<Job, Instant, JobEdit>? Edit { get; init; }

    /// <summary>The version the job must have for the edit; null for any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>
    /// The most jobs that the tenant may have after a creation, deleted ones aside; null for any number. Exact: creations of one tenant that give a maximum are counted one after the other, in their transactions.
    /// Edits are not counted.
    /// </summary>
    public int? MaximumJobs { get; init; }
}
