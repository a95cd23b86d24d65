namespace Scheduling;

/// <summary>Whether a job will run by itself, and if not, why. The numbers are stored and never change.</summary>
public enum JobState : byte
{
    /// <summary>It runs when its schedule says so. A manual or disabled schedule names no slot, and run-now works.</summary>
    Active = 1,

    /// <summary>Somebody paused it (<see cref="Job.Pause"/>), or its tenant or executor (<see cref="Job.ScopedPause"/>).</summary>
    Paused = 2,

    /// <summary>Its schedule has no further slot.</summary>
    Completed = 3,

    /// <summary>Its schedule cannot be evaluated (<see cref="Job.Fault"/>): this job alone stands still until it is edited.</summary>
    Faulted = 4,

    /// <summary>No node has its executor (<see cref="Job.Fault"/>); it goes on when one registers it.</summary>
    Parked = 5,
}
