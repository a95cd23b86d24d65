using NodaTime;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>A job inside the writer's transaction: its slice, and what its row had when it was read.</summary>
internal sealed class LockedJob(JobSlice slice, long turn, string? problem = null)
{
    private readonly long _turn = turn;
    private readonly (Instant? DueAt, JobState State, Instant? NextSlot, Instant? NextStart) _slots = Slots(slice.Due);
    private readonly (JobFault? Fault, Pause? Pause, bool IsDeleted, long Version) _rest = Rest(slice.Due);
    private readonly RunSummary? _lastRun = slice.Due.LastRun;

    public JobSlice Slice { get; } = slice;

    public DueRow Due => Slice.Due;

    /// <summary>The turn that serves it; follows the executor when it is saved.</summary>
    public long Turn { get; set; } = turn;

    /// <summary>Why what is stored of it cannot be read, or null. The fault that it shows is then not in its row.</summary>
    public string? Problem { get; } = problem;

    /// <summary>Whether its row was just made and has none of its values yet.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether its definition is to be written, too.</summary>
    public bool IsDefinitionChanged { get; set; }

    /// <summary>How much of its row differs.</summary>
    public DueChange Change
    {
        get
        {
            if (Problem is not null || IsNew || _turn != Turn || _rest != Rest(Due))
                return DueChange.Everything;
            if (_slots == Slots(Due))
                return DueChange.Counts;
            return ReferenceEquals(_lastRun, Due.LastRun) ? DueChange.Slots : DueChange.Everything;
        }
    }

    public bool IsDueAtChanged => IsNew || _slots.DueAt != Due.DueAt;

    private static (Instant?, JobState, Instant?, Instant?) Slots(DueRow due) => (due.DueAt, due.State, due.NextSlot, due.NextStart);

    private static (JobFault?, Pause?, bool, long) Rest(DueRow due) => (due.Fault, due.Pause, due.IsDeleted, due.Version);
}
