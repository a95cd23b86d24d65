using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>The columns of the table due, in the order in which they are read and written.</summary>
internal static class DueColumns
{
    /// <summary>For select lists; the table is called d.</summary>
    public const string List = """
        d.tenant, d.executor, d.version, d.state, d.is_deleted, d.next_slot, d.next_start, d.last_slot, d.fence, d.open, d.waiting,
        d.last_run_id, d.last_run_status, d.last_run_slot, d.last_run_started_at, d.last_run_ended_at, d.last_success_at,
        d.tail_id, d.tail_status, d.tail_reason, d.tail_last,
        d.paused_since, d.paused_until, d.paused_by, d.pause_reason, d.fault_reason, d.fault_message, d.fault_since
        """;

    public const int Count = 28;

    /// <summary>Reads a job; its definition is only a stand-in until that of the table jobs is read.</summary>
    public static DueRow Read(JobId id, ref ColumnReader columns)
    {
        var tenant = new TenantId(columns.Text());
        var row = new DueRow { Id = id, Tenant = tenant, Definition = JobColumns.StandIn(columns.Text()) };
        row.Version = columns.Long();
        row.State = (JobState)columns.Short();
        row.IsDeleted = columns.Bool();
        row.NextSlot = columns.TimeOrNull();
        row.NextStart = columns.TimeOrNull();
        row.LastSlot = columns.TimeOrNull();
        row.Fence = columns.Long();
        row.Open = columns.Int();
        row.Waiting = columns.Int();
        row.LastRun = ReadLastRun(ref columns);
        row.LastSuccessAt = columns.TimeOrNull();
        row.Tail = ReadTail(ref columns);
        row.Pause = ReadPause(ref columns);
        row.Fault = ReadFault(ref columns);
        return row;
    }

    private static RunSummary? ReadLastRun(ref ColumnReader columns)
    {
        if (columns.IsNull)
        {
            columns.Skip(5);
            return null;
        }
        return new RunSummary
        {
            Id = new ExecutionId(columns.Uuid()),
            Status = (ExecutionStatus)columns.Short(),
            ScheduledFor = columns.TimeOrNull(),
            StartedAt = columns.TimeOrNull(),
            EndedAt = columns.TimeOrNull(),
        };
    }

    private static GapTail? ReadTail(ref ColumnReader columns)
    {
        if (columns.IsNull)
        {
            columns.Skip(4);
            return null;
        }
        return new GapTail
        {
            Id = new ExecutionId(columns.Uuid()),
            Status = (ExecutionStatus)columns.Short(),
            Reason = (ExecutionReason)columns.Short(),
            Last = columns.Time(),
        };
    }

    private static Pause? ReadPause(ref ColumnReader columns)
    {
        if (columns.IsNull)
        {
            columns.Skip(4);
            return null;
        }
        return new Pause { Since = columns.Time(), Until = columns.TimeOrNull(), By = columns.TextOrNull(), Reason = columns.TextOrNull() };
    }

    private static JobFault? ReadFault(ref ColumnReader columns)
    {
        if (columns.IsNull)
        {
            columns.Skip(3);
            return null;
        }
        return new JobFault { Reason = (JobFaultReason)columns.Short(), Message = columns.Text(), Since = columns.Time() };
    }
}
