using Npgsql;
using Scheduling.PostgreSql.Connections;

namespace Scheduling.PostgreSql.Tests;

/// <summary>The invariants of design section 6 as SQL: each query finds the rows that break one.</summary>
internal static class Invariants
{
    private static readonly (string Rule, string Query)[] Rules =
    [
        ("open counts the open executions", "select d.job_id from {0}.due d where d.open <> (select count(*) from {0}.runs r where r.job_id = d.job_id)"),
        ("waiting counts those that wait", "select d.job_id from {0}.due d where d.waiting <> (select count(*) from {0}.runs r where r.job_id = d.job_id and r.waits)"),
        ("an open execution has its job", "select r.run_id from {0}.runs r where not exists (select from {0}.due d where d.job_id = r.job_id)"),
        ("a job has its due row, and the same of both", "select coalesce(j.job_id, d.job_id) from {0}.jobs j full join {0}.due d using (job_id) where j.version is distinct from d.version or j.executor is distinct from d.executor or (j.deleted_at is not null) <> d.is_deleted"),
        ("due is null when paused, stopped, exhausted or deleted", "select job_id from {0}.due where due_at is distinct from case when is_deleted or fault_reason is not null then null when paused_since is not null then paused_until else next_start end"),
        ("what runs has its process", "select r.run_id from {0}.runs r where r.status = 2 and not exists (select from {0}.processes p where p.owner = r.owner)"),
        ("a tenant's number is that of its running executions", "select n.tenant from {0}.tenants n where n.running <> (select count(*) from {0}.runs r where r.tenant = n.tenant and r.status = 2)"),
        ("a tenant with a row is known to its turns", "select t.tenant from {0}.turns t where t.is_limited <> exists (select from {0}.tenants n where n.tenant = t.tenant)"),
        ("due work has a turn, unless it is held or paused", "select d.job_id from {0}.due d left join {0}.turns t using (tenant, executor) where d.due_at is not null and (t.tenant is null or (t.held_since is null and t.turn_at is null and not exists (select from {0}.pauses p where p.tenant = d.tenant and p.executor in ('', d.executor) and p.resumed_at is null)))"),
        ("pending work has a turn, unless it is held or paused", "select r.run_id from {0}.runs r left join {0}.turns t using (tenant, executor) where r.ready_at is not null and (t.tenant is null or (t.held_since is null and t.turn_at is null and not exists (select from {0}.pauses p where p.tenant = r.tenant and p.executor in ('', r.executor) and p.resumed_at is null)))"),
        ("no execution is open and ended", "select r.run_id from {0}.runs r join {0}.executions e using (run_id)"),
        ("no token is above the fence", "select r.run_id from {0}.runs r join {0}.due d using (job_id) where r.token > d.fence"),
        ("events belong to an execution", "select v.run_id from {0}.run_events v where not exists (select from {0}.runs r where r.run_id = v.run_id) and not exists (select from {0}.executions e where e.run_id = v.run_id)"),
        ("events are counted", "select x.run_id from (select run_id, events from {0}.runs union all select run_id, events from {0}.executions) x where x.events <> (select count(*) from {0}.run_events v where v.run_id = x.run_id)"),
        ("a chain's link is open", "select r.run_id from {0}.runs r where r.waits_for is not null and not exists (select from {0}.runs a where a.run_id = r.waits_for)"),
    ];

    public static async Task CheckAsync(NpgsqlDataSource source, string schema)
    {
        await using var connection = await source.OpenConnectionAsync();
        foreach (var (rule, query) in Rules)
        {
            await using var command = new NpgsqlCommand(query.Replace("{0}", SqlTexts.Quote(schema), StringComparison.Ordinal), connection);
            var broken = await command.ExecuteScalarAsync();
            Assert.True(broken is null, $"{rule}: not so for {broken}");
        }
    }
}
