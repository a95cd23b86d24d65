using Scheduling.Schedules;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Rows of jobs to values and back.</summary>
internal static class JobColumns
{
    /// <summary>Reads a row of jobs_read. What cannot be read makes a problem, not an exception: it concerns this job alone.</summary>
    public static StoredJob Read(Statement row, DefinitionTemplates templates)
    {
        var version = row.NextLong();
        var tenant = new TenantId(row.NextText());
        var columns = new JobDefinition
        {
            Key = row.NextText(),
            Name = row.NextTextOrNull(),
            Description = row.NextTextOrNull(),
            Executor = row.NextText(),
            Schedule = Schedule.Manual,
        };
        var json = row.NextText();
        string? problem = null;
        var hasPayload = !row.IsNextNull;
        var bytes = row.NextBytes();
        if (hasPayload && !TryReadPayload(bytes, ref columns))
            problem = "The stored payload is not JSON that can be kept.";
        if (!templates.TryApply(json, columns, out var definition, out var broken))
            problem = broken;
        return new StoredJob
        {
            Version = version,
            Tenant = tenant,
            Definition = definition ?? columns,
            Problem = problem,
            Anchor = row.NextInstant(),
            CreatedAt = row.NextInstant(),
            UpdatedAt = row.NextInstant(),
        };
    }

    public static void Insert(Connection connection, DueRow due)
    {
        var statement = connection.Query("jobs_insert").Bind(due.Id.Value).Bind(due.Tenant.Value).Bind(due.Definition.Key);
        BindDefinition(statement, due).Bind(due.Version).Bind(due.Anchor).Bind(due.CreatedAt).Bind(due.UpdatedAt).Run();
    }

    public static void Update(Connection connection, DueRow due) =>
        BindDefinition(connection.Query("jobs_update"), due).Bind(due.Version).Bind(due.Anchor).Bind(due.UpdatedAt).Bind(due.Id.Value).Run();

    private static Statement BindDefinition(Statement statement, DueRow due) => statement
        .Bind(due.Definition.Name)
        .Bind(due.Definition.Description)
        .Bind(due.Definition.Executor)
        .Bind(StoredDefinition.Write(due.Definition))
        .BindUtf8(due.Definition.Payload.Utf8.Span);

    private static bool TryReadPayload(ReadOnlySpan<byte> utf8, ref JobDefinition definition)
    {
        try
        {
            definition = definition with { Payload = JobPayload.FromUtf8(utf8) };
            return true;
        }
        catch (SchedulingValidationException)
        {
            return false;
        }
    }
}
