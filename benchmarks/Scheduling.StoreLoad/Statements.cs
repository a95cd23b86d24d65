using System.Globalization;
using Npgsql;

namespace Scheduling.Load;

/// <summary>Where the server's time goes: each statement of a burst on one node, with its planning, as the server itself counts it.</summary>
internal static class Statements
{
    private const string Top = """
        select regexp_replace(query, '\s+', ' ', 'g'), calls, total_plan_time, total_exec_time, wal_bytes
        from pg_stat_statements
        order by total_plan_time + total_exec_time desc
        limit 24
        """;

    private const string Updates = """
        select relname, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del from pg_stat_user_tables where schemaname = $1 and n_tup_ins + n_tup_upd > 0 order by relname
        """;

    public static async Task MeasureAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        await Seed.ExecuteAsync(rig.Source, "create extension if not exists pg_stat_statements");
        var schema = "";
        var (rate, note) = await Bursts.RunAsync(
            options,
            rig,
            settings =>
            {
                schema = settings.Schema;
                return Seed.ExecuteAsync(rig.Source, "select pg_stat_statements_reset(), pg_stat_reset()");
            },
            async () =>
            {
                await PrintStatementsAsync(rig.Source, options.Jobs);
                await PrintUpdatesAsync(rig.Source, schema, options.Jobs);
            });
        table.Add("runs, PostgreSQL, 1 node of 1,000 places, statements counted", $"{rate:N0}/s", "", note);
    }

    private static async Task PrintStatementsAsync(NpgsqlDataSource source, int runs)
    {
        await using var command = source.CreateCommand(Top);
        await using var reader = await command.ExecuteReaderAsync();
        Console.WriteLine($"{"calls",8} {"plan µs/run",12} {"exec µs/run",12} {"WAL/run",8}  statement");
        while (await reader.ReadAsync())
        {
            var text = reader.GetString(0);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{reader.GetInt64(1),8} {1_000 * reader.GetDouble(2) / runs,12:F2} {1_000 * reader.GetDouble(3) / runs,12:F2} {(double)reader.GetDecimal(4) / runs,8:F0}  {text[..Math.Min(text.Length, 100)]}"));
        }
    }

    private static async Task PrintUpdatesAsync(NpgsqlDataSource source, string schema, int runs)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await using var command = source.CreateCommand(Updates);
        command.Parameters.AddWithValue(schema);
        await using var reader = await command.ExecuteReaderAsync();
        Console.WriteLine($"{"table",14} {"inserts",9} {"updates",9} {"HOT",9} {"deletes",9}  for {runs} runs");
        while (await reader.ReadAsync())
            Console.WriteLine($"{reader.GetString(0),14} {reader.GetInt64(1),9} {reader.GetInt64(2),9} {reader.GetInt64(3),9} {reader.GetInt64(4),9}");
    }
}
