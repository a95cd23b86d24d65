using System.Globalization;
using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Plans;

/// <summary>
/// What each statement reads, asked of the server itself while the store works: as much as the call is about and no more, however many jobs there are. No table that grows is read whole, nothing
/// large is sorted, and plans do not depend on statistics.
/// </summary>
/// <remarks>50,000 jobs by default; <c>SCHEDULING_PLAN_JOBS=1000000 dotnet test --project tests/Scheduling.PostgreSql.Tests --filter-class "*PlanTests"</c> for a million.</remarks>
public sealed class PlanTests(ExplainedServer server, ITestOutputHelper output) : IClassFixture<ExplainedServer>
{
    private const int Tenants = 1_000;
    private const int Open = 2_600;

    // A call is about 500 rows at most; some statements look at a few rows for each.
    private const int MostRows = 6_000;

    private static readonly HashSet<string> Growing = new(["jobs", "due", "runs", "executions", "turns", "run_events"], StringComparer.Ordinal);

    private static readonly int Jobs = int.TryParse(Environment.GetEnvironmentVariable("SCHEDULING_PLAN_JOBS"), CultureInfo.InvariantCulture, out var jobs) ? jobs : 50_000;

    private static readonly OwnerId Mine = new(Guid.Parse("00000000-0000-7000-8000-000000000001"));

    [Theory]
    [InlineData("no statistics", false)]
    [InlineData("statistics", true)]
    public async Task Statements_ManyJobs_ReadWhatTheyAreAbout(string schema, bool hasStatistics)
    {
        var store = new PostgreSqlStore(server.Source, new PostgreSqlStoreOptions { Schema = schema, UseNotifications = false, CommandTimeout = TimeSpan.FromMinutes(2) });
        await store.InitializeAsync(default);
        await SeedAsync(store, schema);
        if (hasStatistics)
            await ExecuteAsync("vacuum analyze");
        var (_, start) = server.PlansSince(0);

        await ClaimAndSettleAsync(store);
        await AskAsync(store);
        await store.Claims.SweepAsync(Sweeping(), default);

        var (plans, _) = server.PlansSince(start);
        Assert.True(plans.Count > 60, $"only {plans.Count} statements were explained");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Jobs} jobs, {plans.Count} statements; the most rows of a step:"));
        foreach (var (plan, node) in plans.SelectMany(static plan => plan.Nodes.Select(node => (plan, node))).OrderByDescending(static one => one.node.Rows).DistinctBy(static one => one.plan.Title).Take(8))
            output.WriteLine($"  {node}: {plan.Title}");
        Assert.All(plans, Check);
    }

    private static void Check(StatementPlan plan)
    {
        foreach (var node in plan.Nodes)
        {
            Assert.False(node.Kind == "Seq Scan" && Growing.Contains(node.Table ?? ""), $"{node}\n{plan.Text}");
            Assert.True(node.Rows <= MostRows, $"{node}\n{plan.Text}");
        }
    }

    /// <summary>Claims with and without results, results alone, a renewal, as a busy process makes them.</summary>
    private static async Task ClaimAndSettleAsync(PostgreSqlStore store)
    {
        IReadOnlyList<Settlement> results = [];
        for (var number = 1; number <= 3; number++)
        {
            var claim = await store.Claims.ClaimAsync(Smoke.ClaimOf(Mine, number, 256) with { Settlements = results }, default);
            Assert.Equal(256, claim.Runs.Count);
            results = [.. claim.Runs.Select(static run => Ended(run))];
        }
        var settled = await store.Claims.SettleAsync(new SettleRequest { Owner = Mine, Settlements = results }, default);
        Assert.All(settled.Outcomes, static outcome => Assert.Equal(SettlementOutcome.Accepted, outcome));
        await store.Claims.RenewAsync(new RenewRequest { Owner = Mine, Node = "node", Executors = ["work"], Lease = Duration.FromSeconds(30), Known = [], AnsweredClaims = 0 }, default);
    }

    /// <summary>What people do.</summary>
    private static async Task AskAsync(PostgreSqlStore store)
    {
        var jobs = new JobScheduler(store).ForTenant("tenant-7");
        var job = await jobs.CreateAsync(new JobDefinition { Key = "mine", Executor = "work", Schedule = Schedule.Interval(Duration.FromHours(1)) });
        await jobs.GetAsync("mine");
        await jobs.UpdateAsync("mine", new JobChange { Name = "other" });
        await jobs.PauseAsync("mine");
        await jobs.ResumeAsync("mine");
        await jobs.RunNowAsync("mine");
        await jobs.ListAsync();
        await jobs.Executions.ListAsync(new ExecutionQuery { Job = job.Id });
        await jobs.Executions.ListAsync(new ExecutionQuery());
        await jobs.DeleteAsync("mine");
        await jobs.CreateAsync(new JobDefinition { Key = "nobody", Executor = "nobody", Schedule = Schedule.Manual });
        Assert.Equal(["nobody"], (await store.Claims.InspectAsync(default)).ExecutorsWithoutNode);
    }

    private static Settlement Ended(ClaimedRun run) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = "work",
        Token = run.Token,
        Kind = SettlementKind.End,
        Status = ExecutionStatus.Succeeded,
    };

    private static SweepRequest Sweeping() => new()
    {
        Owner = Mine,
        ReclaimsOrphans = true,
        Retention = Duration.FromDays(30),
        ParkAfter = Duration.FromMinutes(10),
        Planner = new Planning.DuePlanner(),
    };

    /// <summary>Jobs like one that was made by the store, a twentieth of them overdue; a history of forty days; open executions of a process that is there and of one that is lost.</summary>
    private async Task SeedAsync(PostgreSqlStore store, string schema)
    {
        await new JobScheduler(store).ForTenant("template").CreateAsync(new JobDefinition { Key = "template", Executor = "work", Schedule = Schedule.Interval(Duration.FromDays(1)) });
        string[] statements =
        [
            $$"""
            insert into {0}.jobs (job_id, tenant, key, version, executor, definition, active, anchor, created_at, updated_at)
            select md5('job' || i)::uuid, 'tenant-' || i % {{Tenants}}, 'job-' || i, 1, t.executor, t.definition, true, t.anchor, t.created_at, t.updated_at
            from {0}.jobs t, generate_series(1, {{Jobs}}) i where t.key = 'template'
            """,
            $$"""
            insert into {0}.due (job_id, tenant, executor, version, state, due_at, next_slot, next_start, open, fence)
            select md5('job' || i)::uuid, 'tenant-' || i % {{Tenants}}, 'work', 1, 1, at, at, at, open, open
            from (
                select i, date_trunc('second', now()) + floor((i - {{Jobs}} / 20) * 86400.0 / {{Jobs}}) * interval '1 second' as at, (i > {{Jobs - Open}})::integer as open
                from generate_series(1, {{Jobs}}) i
            ) x
            """,
            "insert into {0}.turns (tenant, executor, turn_at) select tenant, executor, min(due_at) from {0}.due where tenant <> 'template' group by tenant, executor",
            $$"""
            insert into {0}.executions (job_id, run_id, tenant, executor, trigger, status, reason, slot_first, slot_last, slot_count, due_at, created_at, started_at, ended_at, attempt, token, is_token_void, job_version)
            select md5('job' || i)::uuid, md5('run' || i)::uuid, 'tenant-' || i % {{Tenants}}, 'work', 0, 3, 0, at, at, 1, at, at, at, at, 1, 1, false, 1
            from (select i, now() - i * interval '40 days' / {{Jobs}} as at from generate_series(1, {{Jobs}}) i) x
            """,
            $$"""
            insert into {0}.runs (job_id, run_id, tenant, executor, trigger, status, reason, slot_first, slot_last, slot_count, due_at, created_at, started_at, waits, attempt, failures, lost_starts,
                token, is_token_void, owner, node, claim_number, job_version, failure_status, failure_reason)
            select md5('job' || i)::uuid, md5('open' || i)::uuid, 'tenant-' || i % {{Tenants}}, 'work', 0, 2, 0, now(), now(), 1, now(), now(), now(), false, 1, 0, 1,
                1, false, ('00000000-0000-7000-8000-00000000000' || case when i % 4 = 0 then 3 else 2 end)::uuid, 'node', 1, 1, 0, 0
            from generate_series({{Jobs - Open + 1}}, {{Jobs}}) i
            """,
            "insert into {0}.processes (owner, node, executors, started_at, lease_until) values ('00000000-0000-7000-8000-000000000002', 'there', '{work}', now(), now() + interval '1 day'), ('00000000-0000-7000-8000-000000000003', 'lost', '{work}', now(), now() - interval '1 hour')",
        ];
        foreach (var statement in statements)
            await ExecuteAsync(statement.Replace("{0}", SqlTexts.Quote(schema), StringComparison.Ordinal));
    }

    private async Task ExecuteAsync(string text)
    {
        await using var command = server.Plain.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }
}
