using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>Groups of columns that runs and executions have in common.</summary>
internal static class SharedColumns
{
    public static SlotRange? ReadSlots(Statement row)
    {
        var (first, last, count) = (row.NextInstantOrNull(), row.NextInstantOrNull(), row.NextLongOrNull());
        return first is { } from && last is { } to ? new SlotRange(from, to, count ?? 1) : null;
    }

    public static Statement BindSlots(this Statement statement, SlotRange? slots) =>
        statement.Bind(slots?.First).Bind(slots?.Last).Bind(slots?.Count);

    public static ExecutionError? ReadError(Statement row)
    {
        var (type, message, detail) = (row.NextTextOrNull(), row.NextTextOrNull(), row.NextTextOrNull());
        return message is null ? null : new ExecutionError { Type = type, Message = message, Detail = detail };
    }

    public static Statement BindError(this Statement statement, ExecutionError? error) =>
        statement.Bind(error?.Type).Bind(error?.Message).Bind(error?.Detail);

    public static RunProgress? ReadProgress(Statement row)
    {
        var (phase, done, total) = (row.NextTextOrNull(), row.NextLongOrNull(), row.NextLongOrNull());
        return phase is null && done is null && total is null ? null : new RunProgress { Phase = phase, Done = done, Total = total };
    }

    public static Statement BindProgress(this Statement statement, RunProgress? progress) =>
        statement.Bind(progress?.Phase).Bind(progress?.Done).Bind(progress?.Total);

    public static ExecutionId? ToExecutionId(Guid? id) => id is { } some ? new ExecutionId(some) : null;

    public static OwnerId? ToOwnerId(Guid? id) => id is { } some ? new OwnerId(some) : null;
}
