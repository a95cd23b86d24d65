using System.Globalization;
using NodaTime;
using Npgsql;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>Puts many jobs into a store.</summary>
internal static class Seed
{
    private static readonly Instant LongAgo = Instant.FromUtc(2026, 1, 1, 0, 0);

    /// <summary>Jobs that are due once, one after another through the library, so many at a time.</summary>
    public static async Task ThroughLibraryAsync(ISchedulingStore store, int jobs, int tenants, Func<int, Schedule>? schedule = null)
    {
        var scheduler = new JobScheduler(store);
        await Parallel.ForAsync(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (n, ct) =>
            await scheduler.ForTenant(Tenant(n % tenants)).CreateAsync(Definition(n, schedule?.Invoke(n) ?? Schedule.Once(LongAgo)), ct));
    }

    /// <summary>Jobs that are due now (or far from now), as copies of one that the library made: an ordinary insert would take longer than the measurement.</summary>
    public static async Task ByCopyAsync(NpgsqlDataSource source, ISchedulingStore store, string schema, int jobs, int tenants, bool isDue = true, string prefix = "tenant")
    {
        var first = isDue ? Schedule.Once(LongAgo) : Schedule.Once(Instant.FromUtc(2040, 1, 1, 0, 0));
        var template = await new JobScheduler(store).ForTenant($"{prefix}-template").CreateAsync(Definition(0, first));
        await CopyAsync(source, schema, "jobs", template.Id, jobs, tenants, prefix);
        await CopyAsync(source, schema, "due", template.Id, jobs, tenants, prefix);
        await ExecuteAsync(source, FormattableString.Invariant($"""
            insert into "{schema}".turns (tenant, executor, turn_at)
            select tenant, executor, min(due_at) from "{schema}".due where tenant like '{prefix}-%' group by tenant, executor
            on conflict (tenant, executor) do update set turn_at = least(turns.turn_at, excluded.turn_at)
            """));
        await new JobScheduler(store).ForTenant($"{prefix}-template").DeleteAsync(template.Id);
        foreach (var table in new[] { "jobs", "due", "turns" })
            await ExecuteAsync(source, $"vacuum analyze \"{schema}\".{table}");
    }

    public static string Tenant(int n, string prefix = "tenant") => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{n:D5}");

    public static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<long> CountAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static JobDefinition Definition(int n, Schedule schedule) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"account-sync-{n:D8}"),
        Executor = "work",
        Schedule = schedule,
        Payload = JobPayload.FromJson("""{"account":"0123456789","mode":"incremental"}"""),
    };

    private static async Task CopyAsync(NpgsqlDataSource source, string schema, string table, JobId template, int jobs, int tenants, string prefix)
    {
        var columns = new List<string>();
        await using (var command = source.CreateCommand("select column_name from information_schema.columns where table_schema = $1 and table_name = $2 order by ordinal_position"))
        {
            command.Parameters.AddWithValue(schema);
            command.Parameters.AddWithValue(table);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                columns.Add(reader.GetString(0));
        }
        var values = columns.Select(column => column switch
        {
            // The number, not chance, makes the id: rows lie in the order of their ids, as those of the library do.
            "job_id" => $"(lpad(to_hex(n), 12, '0') || '7000800000000000' || substr(md5('{prefix}'), 1, 4))::uuid",
            "tenant" => FormattableString.Invariant($"'{prefix}-' || lpad((n % {tenants})::text, 5, '0')"),
            "key" => "'account-sync-' || lpad(n::text, 8, '0')",
            _ => $"t.\"{column}\"",
        });
        await ExecuteAsync(source, FormattableString.Invariant($"""
            insert into "{schema}"."{table}" ({string.Join(", ", columns.Select(static column => $"\"{column}\""))})
            select {string.Join(", ", values)} from generate_series(1, {jobs}) n, (select * from "{schema}"."{table}" where job_id = '{template}') t
            """));
    }
}
