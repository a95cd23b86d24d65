using NodaTime;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Rows of due to values and back, in the order of the columns in due_read, due_next and due_write.</summary>
internal static class DueColumns
{
    /// <summary>The numbers that a row must have before its job can be looked up.</summary>
    public readonly record struct Head(long Turn, Instant? DueAt, Instant? NextSlot, Instant? NextStart, Instant? LastSlot, JobState State, long Version);

    public static Head ReadHead(Statement row) => new(
        row.NextLong(), row.NextInstantOrNull(), row.NextInstantOrNull(), row.NextInstantOrNull(), row.NextInstantOrNull(), (JobState)row.NextLong(), row.NextLong());

    /// <summary>Reads the rest of a row, behind its head.</summary>
    public static DueRow Read(Statement row, JobId id, in Head head, StoredJob job) => new()
    {
        Id = id,
        Tenant = job.Tenant,
        Definition = job.Definition,
        Version = job.Version,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        Anchor = job.Anchor,
        NextSlot = head.NextSlot,
        NextStart = head.NextStart,
        LastSlot = head.LastSlot,
        State = head.State,
        Fence = row.NextLong(),
        Open = row.NextInt(),
        Waiting = row.NextInt(),
        IsDeleted = row.NextBool(),
        Pause = ReadPause(row),
        Fault = ReadFault(row),
        LastRun = ReadLastRun(row),
        LastSuccessAt = row.NextInstantOrNull(),
        Tail = ReadTail(row),
    };

    public static void Write(Connection connection, LockedJob job, Instant now)
    {
        switch (job.Change)
        {
            case DueChange.Counts:
                WriteCounts(connection, job.Due);
                break;
            case DueChange.Slots:
                WriteSlots(connection, job.Due, now);
                break;
            default:
                WriteEverything(connection, job.Due, job.Turn, now);
                break;
        }
    }

    private static void WriteEverything(Connection connection, DueRow due, long turn, Instant now)
    {
        var statement = connection.Query("due_write")
            .Bind(turn).Bind(due.DueAt).Bind(due.NextSlot).Bind(due.NextStart).Bind(due.LastSlot).Bind((long)due.State).Bind(due.Version)
            .Bind(due.Fence).Bind((long)due.Open).Bind((long)due.Waiting).Bind(due.IsDeleted);
        BindPauseAndFault(statement, due);
        BindHistory(statement, due);
        statement.Bind(Completes(due)).Bind(now).Bind(due.Id.Value).Run();
    }

    private static void WriteSlots(Connection connection, DueRow due, Instant now)
    {
        var statement = connection.Query("due_write_slots")
            .Bind(due.DueAt).Bind(due.NextSlot).Bind(due.NextStart).Bind(due.LastSlot).Bind((long)due.State).Bind(due.Fence).Bind((long)due.Open).Bind((long)due.Waiting);
        BindTail(statement, due).Bind(Completes(due)).Bind(now).Bind(due.Id.Value).Run();
    }

    private static bool Completes(DueRow due) => due is { State: JobState.Completed, IsDeleted: false };

    private static void WriteCounts(Connection connection, DueRow due)
    {
        var statement = connection.Query("due_write_counts").Bind(due.LastSlot).Bind(due.Fence).Bind((long)due.Open).Bind((long)due.Waiting);
        BindHistory(statement, due);
        statement.Bind(due.Id.Value).Run();
    }

    private static void BindPauseAndFault(Statement statement, DueRow due) => statement
        .Bind(due.Pause?.Since).Bind(due.Pause?.Until).Bind(due.Pause?.By).Bind(due.Pause?.Reason)
        .Bind((long?)due.Fault?.Reason).Bind(due.Fault?.Since).Bind(due.Fault?.Message);

    private static void BindHistory(Statement statement, DueRow due) => BindTail(
        statement.Bind(due.LastRun?.Id.Value).Bind((long?)due.LastRun?.Status).Bind(due.LastRun?.ScheduledFor).Bind(due.LastRun?.StartedAt).Bind(due.LastRun?.EndedAt).Bind(due.LastSuccessAt),
        due);

    private static Statement BindTail(Statement statement, DueRow due) => statement
        .Bind(due.Tail?.Id.Value).Bind((long?)due.Tail?.Status).Bind((long?)due.Tail?.Reason).Bind(due.Tail?.Last);

    private static Pause? ReadPause(Statement row)
    {
        var (since, until, by, reason) = (row.NextInstantOrNull(), row.NextInstantOrNull(), row.NextTextOrNull(), row.NextTextOrNull());
        return since is { } some ? new Pause { Since = some, Until = until, By = by, Reason = reason } : null;
    }

    private static JobFault? ReadFault(Statement row)
    {
        var (reason, since, message) = (row.NextLongOrNull(), row.NextInstantOrNull(), row.NextTextOrNull());
        return reason is { } some ? new JobFault { Reason = (JobFaultReason)some, Since = since ?? default, Message = message ?? "" } : null;
    }

    private static RunSummary? ReadLastRun(Statement row)
    {
        var (id, status) = (row.NextGuidOrNull(), row.NextLongOrNull());
        var (slot, started, ended) = (row.NextInstantOrNull(), row.NextInstantOrNull(), row.NextInstantOrNull());
        return id is { } some
            ? new RunSummary { Id = new ExecutionId(some), Status = (ExecutionStatus)(status ?? 0), ScheduledFor = slot, StartedAt = started, EndedAt = ended }
            : null;
    }

    private static GapTail? ReadTail(Statement row)
    {
        var (id, status, reason, last) = (row.NextGuidOrNull(), row.NextLongOrNull(), row.NextLongOrNull(), row.NextInstantOrNull());
        return id is { } some && last is { } slot
            ? new GapTail { Id = new ExecutionId(some), Status = (ExecutionStatus)(status ?? 0), Reason = (ExecutionReason)(reason ?? 0), Last = slot }
            : null;
    }
}
