namespace Scheduling.Sqlite;

/// <summary>How much of a job's hot row an operation changed. The fewer columns a statement names, the fewer indexes it looks at, and a run changes its row twice.</summary>
internal enum DueChange
{
    /// <summary>Counters and the last run, as a settlement does: nothing that is indexed.</summary>
    Counts = 0,

    /// <summary>Slots and counters, as a claim does.</summary>
    Slots = 1,

    /// <summary>Anything.</summary>
    Everything = 2,
}
