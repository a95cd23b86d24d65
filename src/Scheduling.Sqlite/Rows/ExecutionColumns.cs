using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Rows of executions to values and back.</summary>
internal static class ExecutionColumns
{
    /// <summary>Reads a row of executions_list_* or executions_get; the job's key is its last column.</summary>
    public static Execution Read(Statement row)
    {
        var job = new JobId(row.NextGuid());
        return new Execution
        {
            JobId = job,
            Id = new ExecutionId(row.NextGuid()),
            Tenant = new TenantId(row.NextText()),
            Executor = row.NextText(),
            Trigger = (ExecutionTrigger)row.NextLong(),
            Status = (ExecutionStatus)row.NextLong(),
            Reason = (ExecutionReason)row.NextLong(),
            Slots = SharedColumns.ReadSlots(row),
            DueAt = row.NextInstant(),
            CreatedAt = row.NextInstant(),
            StartedAt = row.NextInstantOrNull(),
            EndedAt = row.NextInstant(),
            Attempt = row.NextInt(),
            Token = row.NextLong(),
            Owner = SharedColumns.ToOwnerId(row.NextGuidOrNull()),
            Node = row.NextTextOrNull(),
            JobVersion = row.NextLong(),
            Message = row.NextTextOrNull(),
            Error = SharedColumns.ReadError(row),
            CancelRequestedAt = row.NextInstantOrNull(),
            CancelReason = row.NextTextOrNull(),
            Progress = SharedColumns.ReadProgress(row),
            EventCount = row.NextInt(),
            JobKey = row.NextText(),
        };
    }

    /// <summary>Adds a row, or lets the one that it extends grow.</summary>
    public static void Write(Connection connection, EndedRow row)
    {
        if (row.IsExtension && TryExtend(connection, row))
            return;
        if (IsPlainSuccess(row))
            InsertSucceeded(connection, row);
        else
            Insert(connection, row);
    }

    private static bool TryExtend(Connection connection, EndedRow row)
    {
        connection.Query("executions_extend")
            .Bind(row.Slots!.Value.Last).Bind(SlotRange.CountLimit).Bind(row.Slots.Value.Count).Bind(row.EndedAt).Bind(row.Tenant.Value).Bind(row.Id.Value).Run();
        return connection.Changes > 0;
    }

    private static bool IsPlainSuccess(EndedRow row) =>
        row is
        {
            Status: ExecutionStatus.Succeeded, Reason: ExecutionReason.None, IsTokenVoid: false, Error: null, CancelRequestedAt: null, CancelReason: null, IdempotencyKey: null, Progress: null, EventCount: 0,
        };

    private static void InsertSucceeded(Connection connection, EndedRow row) => connection.Query("executions_insert_succeeded")
        .Bind(row.Id.Value).Bind(row.JobId.Value).Bind(row.Tenant.Value).Bind(row.Executor).Bind((long)row.Trigger)
        .BindSlots(row.Slots).Bind(row.DueAt).Bind(row.CreatedAt).Bind(row.StartedAt).Bind(row.EndedAt)
        .Bind((long)row.Attempt).Bind(row.Token).Bind(row.Owner?.Value).Bind(row.Node).Bind(row.JobVersion).Bind(row.Message)
        .Run();

    private static void Insert(Connection connection, EndedRow row) => connection.Query("executions_insert")
        .Bind(row.Id.Value).Bind(row.JobId.Value).Bind(row.Tenant.Value).Bind(row.Executor)
        .Bind((long)row.Trigger).Bind((long)row.Status).Bind((long)row.Reason)
        .BindSlots(row.Slots).Bind(row.DueAt).Bind(row.CreatedAt).Bind(row.StartedAt).Bind(row.EndedAt)
        .Bind((long)row.Attempt).Bind(row.Token).Bind(row.IsTokenVoid).Bind(row.Owner?.Value).Bind(row.Node).Bind(row.JobVersion)
        .Bind(row.Message).BindError(row.Error)
        .Bind(row.CancelRequestedAt).Bind(row.CancelReason).Bind(row.IdempotencyKey)
        .BindProgress(row.Progress).Bind((long)row.EventCount)
        .Run();
}
