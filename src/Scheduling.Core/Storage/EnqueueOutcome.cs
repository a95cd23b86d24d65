using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a run-now request led to.</summary>
[Experimental("SCHED0001")]
public enum EnqueueOutcome : byte
{
    /// <summary>There is a new execution.</summary>
    Enqueued = 1,

    /// <summary>There is one of the same idempotency key already; it is returned.</summary>
    Repeated = 2,

    /// <summary>The job's overlap policy allows no further execution; the one in the way is returned.</summary>
    AlreadyRunning = 3,

    /// <summary>There is no such job.</summary>
    NotFound = 4,

    /// <summary>The job's tenant or executor is paused; the pause is returned.</summary>
    Paused = 5,
}
