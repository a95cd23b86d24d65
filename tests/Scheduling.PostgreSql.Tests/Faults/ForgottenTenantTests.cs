using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Faults;

/// <summary>Nothing stays of a tenant that has gone, and forgetting it never takes the turn of one that comes back at that moment.</summary>
public sealed class ForgottenTenantTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    private readonly TestSchema _schema = new();
    private PostgreSqlStore _store = null!;
    private JobScheduler _scheduler = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await _schema.ReadyAsync();
        _scheduler = new JobScheduler(_store);
    }

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sweep_TenantErased_LeavesNoRowOfIt(bool hadLimits)
    {
        var acme = _scheduler.ForTenant("acme");
        await acme.CreateAsync(Job("one", "work"));
        await acme.CreateAsync(Job("two", "other"));
        await _scheduler.ForTenant("stays").CreateAsync(Job("one", "work"));
        if (hadLimits)
            await _scheduler.SetLimitsAsync(new TenantId("acme"), new TenantLimits { MaximumRunning = 2 });
        while ((await _store.Jobs.EraseAsync(new EraseTenantRequest { Tenant = new TenantId("acme") }, default)).HasMore)
        {
        }

        await SweepAllAsync();

        foreach (var table in (string[])["jobs", "due", "turns", "runs", "executions", "tenants", "pauses", "secrets"])
            Assert.Equal((table, 0L), (table, await _schema.SqlAsync($"select count(*) from {{0}}.{table} where tenant = 'acme'")));
        Assert.Equal(1L, await _schema.SqlAsync("select count(*) from {0}.turns"));
        await Invariants.CheckAsync(Cluster.Source, _schema.Name);
    }

    [Fact]
    public async Task Sweep_LimitsButNoJobs_KeepsTheLimits()
    {
        var acme = _scheduler.ForTenant("acme");
        await acme.CreateAsync(Job("one", "work"));
        await _scheduler.SetLimitsAsync(new TenantId("acme"), new TenantLimits { MaximumRunning = 1 });
        await acme.DeleteAsync("one");
        await SweepAllAsync();

        await acme.CreateAsync(Job("two", "work"));
        await acme.CreateAsync(Job("three", "work"));

        Assert.Single((await _store.Claims.ClaimAsync(Smoke.ClaimOf(OwnerId.New(Now)), default)).Runs);
        await Invariants.CheckAsync(Cluster.Source, _schema.Name);
    }

    [Fact]
    public async Task Sweep_WhileJobsComeAndGo_TakesNobodysTurn()
    {
        using var stop = new CancellationTokenSource();
        var sweeping = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await _store.Claims.SweepAsync(Sweeping(), default);
        });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(tenant => Task.Run(async () =>
        {
            var jobs = _scheduler.ForTenant($"tenant-{tenant}");
            for (var n = 0; n < 40; n++)
            {
                await jobs.CreateAsync(Job($"job-{n}", "work"));
                if (n > 0)
                    await jobs.DeleteAsync($"job-{n - 1}");
                if (n % 5 == 4)
                    await jobs.DeleteAsync($"job-{n}");
                if (n % 8 == 7)
                    await _scheduler.SetLimitsAsync(new TenantId($"tenant-{tenant}"), n % 16 == 7 ? new TenantLimits { MaximumRunning = 3 } : TenantLimits.None);
            }
            await jobs.CreateAsync(Job("last", "work"));
        })));
        await stop.CancelAsync();
        await sweeping;
        await SweepAllAsync();

        await Invariants.CheckAsync(Cluster.Source, _schema.Name);
        Assert.Equal(3L, await _schema.SqlAsync("select count(*) from {0}.turns"));
        Assert.Equal(3, (await _store.Claims.ClaimAsync(Smoke.ClaimOf(OwnerId.New(Now)), default)).Runs.Count);
    }

    private static JobDefinition Job(string key, string executor) => new() { Key = key, Executor = executor, Schedule = Schedule.Once(Now - Duration.FromSeconds(2)) };

    private async Task SweepAllAsync()
    {
        while ((await _store.Claims.SweepAsync(Sweeping(), default)).HasMore)
        {
        }
    }

    private static SweepRequest Sweeping() => new()
    {
        Owner = OwnerId.New(Now),
        ReclaimsOrphans = true,
        Retention = Duration.FromDays(30),
        ParkAfter = Duration.FromMinutes(10),
        Planner = new Planning.DuePlanner(),
    };
}
