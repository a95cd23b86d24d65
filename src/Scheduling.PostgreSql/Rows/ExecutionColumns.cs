using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>The columns of the table executions, in the order in which they are read.</summary>
internal static class ExecutionColumns
{
    /// <summary>For select lists; the table is called e.</summary>
    public const string List = """
        e.run_id, e.job_id, e.tenant, e.executor, e.trigger, e.status, e.reason, e.slot_first, e.slot_last, e.slot_count,
        e.due_at, e.created_at, e.started_at, e.ended_at, e.attempt, e.token, e.owner, e.node, e.job_version,
        e.message, e.error_type, e.error_message, e.error_detail, e.cancel_requested_at, e.cancel_reason,
        e.phase, e.done, e.total, e.events
        """;

    public static EndedRow Read(ref ColumnReader columns) => new()
    {
        Id = new ExecutionId(columns.Uuid()),
        JobId = new JobId(columns.Uuid()),
        Tenant = new TenantId(columns.Text()),
        Executor = columns.Text(),
        Trigger = (ExecutionTrigger)columns.Short(),
        Status = (ExecutionStatus)columns.Short(),
        Reason = (ExecutionReason)columns.Short(),
        Slots = RunColumns.ReadSlots(ref columns),
        DueAt = columns.Time(),
        CreatedAt = columns.Time(),
        StartedAt = columns.TimeOrNull(),
        EndedAt = columns.Time(),
        Attempt = columns.Int(),
        Token = columns.Long(),
        Owner = columns.UuidOrNull() is { } owner ? new OwnerId(owner) : null,
        Node = columns.TextOrNull(),
        JobVersion = columns.Long(),
        Message = columns.TextOrNull(),
        Error = RunColumns.ReadError(ref columns),
        CancelRequestedAt = columns.TimeOrNull(),
        CancelReason = columns.TextOrNull(),
        Progress = RunColumns.ReadProgress(ref columns),
        EventCount = columns.Int(),
    };
}
