using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Rows of runs to values and back, in the order of the columns in runs_of_job, runs_insert and runs_update.</summary>
internal static class RunColumns
{
    public static RunRow Read(Statement row)
    {
        var job = new JobId(row.NextGuid());
        return new RunRow
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
            ReadyAt = row.NextInstantOrNull(),
            Waits = row.NextBool(),
            WaitsFor = SharedColumns.ToExecutionId(row.NextGuidOrNull()),
            Attempt = row.NextInt(),
            Failures = row.NextInt(),
            LostStarts = row.NextInt(),
            Token = row.NextLong(),
            IsTokenVoid = row.NextBool(),
            Owner = SharedColumns.ToOwnerId(row.NextGuidOrNull()),
            Node = row.NextTextOrNull(),
            ClaimNumber = row.NextLong(),
            JobVersion = row.NextLong(),
            Message = row.NextTextOrNull(),
            Error = SharedColumns.ReadError(row),
            FailureStatus = (ExecutionStatus)row.NextLong(),
            FailureReason = (ExecutionReason)row.NextLong(),
            CancelRequestedAt = row.NextInstantOrNull(),
            CancelReason = row.NextTextOrNull(),
            IdempotencyKey = row.NextTextOrNull(),
            Progress = SharedColumns.ReadProgress(row),
            EventCount = row.NextInt(),
            EventBytes = row.NextInt(),
            TraceParent = row.NextTextOrNull(),
        };
    }

    public static void Write(Connection connection, RunRow run, long turn)
    {
        if (IsPlainStart(run))
            InsertStarted(connection, run, turn);
        else if (run.IsNew)
            BindState(connection.Query("runs_insert").Bind(run.JobId.Value).Bind(run.Id.Value).Bind(run.Tenant.Value), run, turn).Run();
        else
            BindState(connection.Query("runs_update"), run, turn).Bind(run.JobId.Value).Bind(run.Id.Value).Run();
    }

    // Most executions are made by the claim that starts them, and many of their columns say nothing then. A member that RunRow gets belongs here, too.
    private static bool IsPlainStart(RunRow run) =>
        run is
        {
            IsNew: true, Status: ExecutionStatus.Running, Reason: ExecutionReason.None, ReadyAt: null, Waits: false, WaitsFor: null, Attempt: 1, Failures: 0, LostStarts: 1, IsTokenVoid: false,
            Message: null, Error: null, CancelRequestedAt: null, CancelReason: null, IdempotencyKey: null, Progress: null, EventCount: 0, EventBytes: 0, TraceParent: null,
        };

    private static void InsertStarted(Connection connection, RunRow run, long turn) => connection.Query("runs_insert_started")
        .Bind(run.JobId.Value).Bind(run.Id.Value).Bind(run.Tenant.Value).Bind(turn).Bind(run.Executor).Bind((long)run.Trigger)
        .BindSlots(run.Slots).Bind(run.DueAt).Bind(run.CreatedAt).Bind(run.StartedAt)
        .Bind(run.Token).Bind(run.Owner?.Value).Bind(run.Node).Bind(run.ClaimNumber).Bind(run.JobVersion).Bind((long)run.FailureStatus).Bind((long)run.FailureReason)
        .Run();

    private static Statement BindState(Statement statement, RunRow run, long turn) => statement
        .Bind(turn).Bind(run.Executor)
        .Bind((long)run.Trigger).Bind((long)run.Status).Bind((long)run.Reason)
        .BindSlots(run.Slots).Bind(run.DueAt).Bind(run.CreatedAt).Bind(run.StartedAt).Bind(run.ReadyAt)
        .Bind(run.Waits).Bind(run.WaitsFor?.Value)
        .Bind((long)run.Attempt).Bind((long)run.Failures).Bind((long)run.LostStarts).Bind(run.Token).Bind(run.IsTokenVoid)
        .Bind(run.Owner?.Value).Bind(run.Node).Bind(run.ClaimNumber).Bind(run.JobVersion)
        .Bind(run.Message).BindError(run.Error)
        .Bind((long)run.FailureStatus).Bind((long)run.FailureReason)
        .Bind(run.CancelRequestedAt).Bind(run.CancelReason).Bind(run.IdempotencyKey)
        .BindProgress(run.Progress).Bind((long)run.EventCount).Bind((long)run.EventBytes).Bind(run.TraceParent);
}
