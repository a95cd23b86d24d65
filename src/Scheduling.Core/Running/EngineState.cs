using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Running;

/// <summary>Whether an engine can do its work.</summary>
[Experimental("SCHED0001")]
public enum EngineState : byte
{
    /// <summary>It has not reached its store yet.</summary>
    Starting = 0,

    /// <summary>It claims and runs.</summary>
    Running = 1,

    /// <summary>Its store does not answer as it should; it tries again, ever more slowly.</summary>
    StoreUnavailable = 2,

    /// <summary>It takes no new work and ends what it has.</summary>
    Stopping = 3,

    /// <summary>It has ended.</summary>
    Stopped = 4,
}
