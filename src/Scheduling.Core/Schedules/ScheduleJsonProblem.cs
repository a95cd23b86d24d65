using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Schedules;

/// <summary>Why a stored schedule could not be read. The default is <see cref="Malformed"/>.</summary>
[Experimental("SCHED0001")]
public enum ScheduleJsonProblem : byte
{
    /// <summary>Not the JSON this library writes, or a value in it is not valid.</summary>
    Malformed = 0,

    /// <summary>A kind this version does not know: a newer node wrote it, and a newer node may run it.</summary>
    UnknownKind = 1,

    /// <summary>A known kind in a newer form: a newer node wrote it, and a newer node may run it.</summary>
    NewerVersion = 2,
}
