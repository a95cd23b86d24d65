using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Schedules;

/// <summary>Why a stored schedule could not be read. Immutable.</summary>
[Experimental("SCHED0001")]
public sealed record ScheduleJsonError
{
    internal ScheduleJsonError(ScheduleJsonProblem problem, string message)
    {
        Problem = problem;
        Message = message;
    }

    /// <summary>Whether it is damaged, or only too new for this node.</summary>
    public ScheduleJsonProblem Problem { get; }

    /// <summary>A sentence for people.</summary>
    public string Message { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Problem}: {Message}";
}
