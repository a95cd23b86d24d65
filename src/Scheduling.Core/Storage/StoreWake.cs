using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Why a store wakes an engine.</summary>
[Experimental("SCHED0001")]
[Flags]
public enum StoreWake
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is work that may be due sooner than the engine knows.</summary>
    Work = 1,

    /// <summary>Somebody asked to cancel an execution that runs: renew to hear which.</summary>
    Cancel = 2,
}
