using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a write of a job did.</summary>
[Experimental("SCHED0001")]
public enum WriteJobOutcome : byte
{
    /// <summary>The job is new.</summary>
    Created = 1,

    /// <summary>The job was edited.</summary>
    Changed = 2,

    /// <summary>The edit changed nothing, and nothing was written.</summary>
    Unchanged = 3,

    /// <summary>There is no such job.</summary>
    NotFound = 4,

    /// <summary>There is a job of that key already.</summary>
    Exists = 5,

    /// <summary>The job has another version than expected.</summary>
    VersionConflict = 6,

    /// <summary>The tenant has as many jobs as it may have, or more: nothing was created.</summary>
    TooMany = 7,
}
