namespace Scheduling.Hosting;

/// <summary>What a process does for the scheduler.</summary>
public enum SchedulingRole
{
    /// <summary>It runs jobs, and may administer them.</summary>
    RunAndControl = 0,

    /// <summary>It administers jobs only: no loop, no claims, and its executors, if it has any, are not used.</summary>
    ControlOnly = 1,
}
