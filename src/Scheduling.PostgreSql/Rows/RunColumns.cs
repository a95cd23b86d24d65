using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>The columns of the table runs, in the order in which they are read.</summary>
internal static class RunColumns
{
    /// <summary>For select lists; the table is called r.</summary>
    public const string List = """
        r.run_id, r.job_id, r.tenant, r.executor, r.trigger, r.status, r.reason, r.slot_first, r.slot_last, r.slot_count,
        r.due_at, r.created_at, r.started_at, r.ready_at, r.waits, r.waits_for, r.attempt, r.failures, r.lost_starts, r.token, r.is_token_void,
        r.owner, r.node, r.claim_number, r.job_version, r.message, r.error_type, r.error_message, r.error_detail,
        r.failure_status, r.failure_reason, r.cancel_requested_at, r.cancel_reason, r.idempotency_key,
        r.phase, r.done, r.total, r.events, r.event_bytes, r.trace_parent
        """;

    public static RunRow Read(ref ColumnReader columns) => new()
    {
        Id = new ExecutionId(columns.Uuid()),
        JobId = new JobId(columns.Uuid()),
        Tenant = new TenantId(columns.Text()),
        Executor = columns.Text(),
        Trigger = (ExecutionTrigger)columns.Short(),
        Status = (ExecutionStatus)columns.Short(),
        Reason = (ExecutionReason)columns.Short(),
        Slots = ReadSlots(ref columns),
        DueAt = columns.Time(),
        CreatedAt = columns.Time(),
        StartedAt = columns.TimeOrNull(),
        ReadyAt = columns.TimeOrNull(),
        Waits = columns.Bool(),
        WaitsFor = columns.UuidOrNull() is { } ahead ? new ExecutionId(ahead) : null,
        Attempt = columns.Int(),
        Failures = columns.Int(),
        LostStarts = columns.Int(),
        Token = columns.Long(),
        IsTokenVoid = columns.Bool(),
        Owner = columns.UuidOrNull() is { } owner ? new OwnerId(owner) : null,
        Node = columns.TextOrNull(),
        ClaimNumber = columns.Long(),
        JobVersion = columns.Long(),
        Message = columns.TextOrNull(),
        Error = ReadError(ref columns),
        FailureStatus = (ExecutionStatus)columns.Short(),
        FailureReason = (ExecutionReason)columns.Short(),
        CancelRequestedAt = columns.TimeOrNull(),
        CancelReason = columns.TextOrNull(),
        IdempotencyKey = columns.TextOrNull(),
        Progress = ReadProgress(ref columns),
        EventCount = columns.Int(),
        EventBytes = columns.Int(),
        TraceParent = columns.TextOrNull(),
    };

    public static SlotRange? ReadSlots(ref ColumnReader columns)
    {
        if (columns.IsNull)
        {
            columns.Skip(3);
            return null;
        }
        return new SlotRange(columns.Time(), columns.Time(), columns.Long());
    }

    public static ExecutionError? ReadError(ref ColumnReader columns)
    {
        var type = columns.TextOrNull();
        var message = columns.TextOrNull();
        var detail = columns.TextOrNull();
        return message is null ? null : new ExecutionError { Type = type, Message = message, Detail = detail };
    }

    public static RunProgress? ReadProgress(ref ColumnReader columns)
    {
        var phase = columns.TextOrNull();
        var done = columns.LongOrNull();
        var total = columns.LongOrNull();
        return phase is null && done is null && total is null ? null : new RunProgress { Phase = phase, Done = done, Total = total };
    }

    public static async Task<List<RunRow>> ReadAllAsync(SqlResults reader, CancellationToken ct)
    {
        var rows = new List<RunRow>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var columns = reader.Row;
            rows.Add(Read(ref columns));
        }
        return rows;
    }
}
