using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.Schedules;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>The columns of the table jobs, in the order in which they are read and written.</summary>
internal static class JobColumns
{
    /// <summary>For select lists; the table is called j.</summary>
    public const string List = "j.key, j.version, j.name, j.description, j.executor, j.active, j.definition, j.payload, j.anchor, j.created_at, j.updated_at";

    public const int Count = 11;

    /// <summary>What a job is while its definition is unknown or unreadable: nothing that could fall due.</summary>
    public static JobDefinition StandIn(string executor) => new() { Executor = executor, Schedule = Schedule.Manual };

    /// <summary>Completes a locked job by what people wrote.</summary>
    /// <returns>What is wrong with it, for people; null when nothing is.</returns>
    /// <exception cref="MovedException">The row read is of another version than the locked one.</exception>
    public static string? Complete(DueRow row, ref ColumnReader columns)
    {
        var key = columns.Text();
        if (columns.Long() != row.Version)
            throw new MovedException();
        var plain = new JobDefinition
        {
            Key = key,
            Name = columns.TextOrNull(),
            Description = columns.TextOrNull(),
            Executor = columns.Text(),
            Schedule = Schedule.Manual,
            Active = columns.Bool(),
        };
        var json = columns.Text();
        var problem = StoredDefinition.TryRead(json, plain, out var definition, out var broken) ? null : broken;
        row.Definition = ReadPayload(definition ?? plain, columns.TextOrNull(), ref problem);
        row.Anchor = columns.Time();
        row.CreatedAt = columns.Time();
        row.UpdatedAt = columns.Time();
        return problem;
    }

    public static NpgsqlParameter[] Parameters(DueRow row, Guid change) =>
    [
        Param.Uuid(row.Id.Value),
        Param.Text(row.Tenant.Value),
        Param.Text(row.Definition.Key),
        Param.Long(row.Version),
        Param.Text(row.Definition.Name),
        Param.Text(row.Definition.Description),
        Param.Text(row.Definition.Executor),
        Param.Bool(row.Definition.Active),
        Param.Text(StoredDefinition.Write(row.Definition)),
        Param.Text(row.Definition.Payload.ToJson()),
        Param.Time(row.Anchor),
        Param.Time(row.CreatedAt),
        Param.Time(row.UpdatedAt),
        Param.Uuid(change),
    ];

    private static JobDefinition ReadPayload(JobDefinition definition, string? payload, ref string? problem)
    {
        if (payload is null)
            return definition;
        try
        {
            return definition with { Payload = JobPayload.FromJson(payload) };
        }
        catch (SchedulingValidationException broken)
        {
            problem ??= $"The stored payload cannot be read: {broken.Message}";
            return definition;
        }
    }
}
