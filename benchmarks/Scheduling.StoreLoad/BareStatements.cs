using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Scheduling.Load;

/// <summary>The limits: the store's claims without the engine around them, and the least SQL that moves the same rows through the same tables, with no decision in between.</summary>
internal static class BareStatements
{
    private const int Batch = 500;
    private const int Tenants = 1_000;

    // What any program must do that leases due work in one transaction and records its result in the next, on the store's own tables.
    private const string Claim = """
        with picked as (
            select job_id, tenant from "{schema}".due where due_at <= now() limit {batch} for update skip locked
        ), moved as (
            update "{schema}".due d set due_at = null, next_slot = null, next_start = null, last_slot = d.next_slot, fence = d.fence + 1, open = 1, state = 3
            from picked where d.job_id = picked.job_id
            returning d.job_id, d.tenant, d.executor, d.last_slot
        )
        insert into "{schema}".runs (run_id, job_id, tenant, executor, trigger, status, reason, slot_first, slot_last, slot_count, due_at, created_at, started_at, waits,
            attempt, failures, lost_starts, token, is_token_void, owner, node, claim_number, job_version, failure_status, failure_reason)
        select gen_random_uuid(), job_id, tenant, executor, 0, 2, 0, last_slot, last_slot, 1, last_slot, now(), now(), false, 1, 0, 1, 1, false, '00000000-0000-0000-0000-000000000001', 'bare', 1, 1, 5, 10
        from moved
        """;

    private const string Settle = """
        with gone as (
            delete from "{schema}".runs where run_id in (select run_id from "{schema}".runs limit {batch} for update skip locked) returning *
        ), counted as (
            update "{schema}".due d set open = 0, last_run_id = gone.run_id, last_run_status = 3, last_run_started_at = gone.started_at, last_run_ended_at = now()
            from gone where d.job_id = gone.job_id
        )
        insert into "{schema}".executions (run_id, job_id, tenant, executor, trigger, status, reason, slot_first, slot_last, slot_count, due_at, created_at, started_at, ended_at,
            attempt, token, is_token_void, owner, node, job_version)
        select run_id, job_id, tenant, executor, trigger, 3, 0, slot_first, slot_last, slot_count, due_at, created_at, started_at, now(), attempt, token, false, owner, node, job_version
        from gone
        """;

    public static async Task MeasureAsync(StoreLoadOptions options, PostgresRig rig, double ours, ResultTable table)
    {
        var claims = await ClaimsAsync(options, rig);
        table.Add("runs, PostgreSQL, claims and settlements in a loop, no engine", $"{claims:N0}/s", "", $"batch {Batch}, one at a time");
        var bare = await BareAsync(options, rig);
        table.Add("runs, PostgreSQL, bare SQL on the same tables", $"{bare:N0}/s", "we: ≥ 40% of it", string.Create(CultureInfo.InvariantCulture, $"batch {Batch}, one at a time, no turns, no decisions; we: {100 * ours / bare:N0}%"));
    }

    private static async Task<double> ClaimsAsync(StoreLoadOptions options, PostgresRig rig)
    {
        var (store, settings) = await rig.NewAsync();
        await using (store)
        {
            await Seed.ByCopyAsync(rig.Source, store, settings.Schema, options.Jobs, Tenants);
            var outcome = await ClaimLoop.RunAsync(store, options.Jobs, Batch);
            await rig.DropAsync(settings);
            return outcome.RunsPerSecond;
        }
    }

    private static async Task<double> BareAsync(StoreLoadOptions options, PostgresRig rig)
    {
        var (store, settings) = await rig.NewAsync();
        await using (store)
        {
            await Seed.ByCopyAsync(rig.Source, store, settings.Schema, options.Jobs, Tenants);
            await Seed.ExecuteAsync(rig.Source, $"create index on \"{settings.Schema}\".due (due_at)");
            await using var connection = await rig.Source.OpenConnectionAsync();
            var (began, runs) = (Stopwatch.GetTimestamp(), 0);
            while (true)
            {
                var claimed = await ExecuteAsync(connection, Claim, settings.Schema);
                if (claimed == 0)
                    break;
                runs += await ExecuteAsync(connection, Settle, settings.Schema);
            }
            var rate = runs / Stopwatch.GetElapsedTime(began).TotalSeconds;
            await rig.DropAsync(settings);
            return rate;
        }
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, string schema)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{schema}", schema, StringComparison.Ordinal).Replace("{batch}", Batch.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return await command.ExecuteNonQueryAsync();
    }
}
