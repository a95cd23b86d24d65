using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Scheduling.Hosting;

/// <summary>When a node's next step is due.</summary>
[Experimental("SCHED0001")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct SchedulingStep
{
    /// <summary>Makes the note.</summary>
    /// <param name="wait">How long the next step may wait; not negative, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="endsOnWake">Whether a wake of the engine ends the wait.</param>
    public SchedulingStep(TimeSpan wait, bool endsOnWake) => (Wait, EndsOnWake) = (wait, endsOnWake);

    /// <summary>How long the next step may wait; zero to go on at once, <see cref="Timeout.InfiniteTimeSpan"/> when there is nothing more to do.</summary>
    public TimeSpan Wait { get; }

    /// <summary>Whether a wake of the engine (work, an ended run) ends the wait. False after a failure, which is waited out, and for a node without an engine.</summary>
    public bool EndsOnWake { get; }
}
