using NodaTime;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>A job inside the writer's transaction: its slice, and what its row had when it was read.</summary>
internal sealed class LockedJob(JobSlice slice, long turn, string? problem = null)
{
    private readonly (Instant? DueAt, JobState State, JobFault? Fault, Pause? Pause, bool IsDeleted, Instant? NextSlot, Instant? NextStart, long Version) _stored = Indexed(slice.Due);

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

    /// <summary>Whether only counters and the last run differ from the row, so that no index need be touched.</summary>
    public bool HasSameIndexedColumns => Problem is null && !IsNew && _stored == Indexed(Due);

    public bool IsDueAtChanged => IsNew || _stored.DueAt != Due.DueAt;

    private static (Instant?, JobState, JobFault?, Pause?, bool, Instant?, Instant?, long) Indexed(DueRow due) =>
        (due.DueAt, due.State, due.Fault, due.Pause, due.IsDeleted, due.NextSlot, due.NextStart, due.Version);
}
