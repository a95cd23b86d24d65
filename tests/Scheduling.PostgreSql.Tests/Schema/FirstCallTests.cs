using NodaTime;
using Scheduling.Planning;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Schema;

/// <summary>The first call of a store finds its schema ready, whatever it is and whoever makes it: nobody sees a table that is missing.</summary>
public sealed class FirstCallTests : IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    public static TheoryData<string> Calls => new(All.Keys);

    private static readonly TenantId Acme = new("acme");

    private static readonly Instant Now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    private static readonly Dictionary<string, Func<PostgreSqlStore, Task>> All = new(StringComparer.Ordinal)
    {
        ["create"] = static store => new JobScheduler(store).ForTenant("acme").CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedules.Schedule.Manual }).AsTask(),
        ["get"] = static store => store.Jobs.GetAsync(Acme, "job", default).AsTask(),
        ["list executions"] = static store => store.Executions.ListAsync(new ListExecutionsRequest { Tenant = Acme, Size = 10 }, default).AsTask(),
        ["list pauses"] = static store => store.Pauses.ListAsync(new ListPausesRequest { Size = 10 }, default).AsTask(),
        ["list secrets"] = static store => store.Secrets.ListAsync(new ListSecretsRequest { Tenant = Acme, Size = 10 }, default).AsTask(),
        ["claim"] = static store => store.Claims.ClaimAsync(Smoke.ClaimOf(OwnerId.New(Now)), default).AsTask(),
        ["renew"] = static store => store.Claims.RenewAsync(Renewal(), default).AsTask(),
        ["renew on this thread"] = static store => Task.FromResult(store.Claims.Renew(Renewal())),
        ["sweep"] = static store => store.Claims.SweepAsync(Sweep(), default).AsTask(),
        ["inspect"] = static store => store.Claims.InspectAsync(default).AsTask(),
        ["leave"] = static store => store.Claims.LeaveAsync(OwnerId.New(Now), default).AsTask(),
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task FirstCall_NoSchemaYet_MakesIt(string call)
    {
        await using var store = _schema.Store();

        await All[call](store);

        Assert.Equal((long)PostgreSqlSchema.Version, await _schema.SqlAsync("select count(*) from {0}.migrations"));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task FirstCall_MayNotMigrate_NamesTheSchemaAndTheScriptUntilItWasRun(string call)
    {
        await using var store = _schema.Store(static options => options.MigratesSchema = false);

        var refused = await Assert.ThrowsAsync<PostgreSqlSchemaException>(() => All[call](store));
        await _schema.SqlAsync(PostgreSqlSchema.GetScript(_schema.Name));
        await All[call](store);

        Assert.Contains(_schema.Quoted, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"PostgreSqlSchema.GetScript(\"{_schema.Name}\")", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstCall_ManyAtOnceOnManyStores_MakeOneSchema()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => _schema.Store()).ToList();

        await Task.WhenAll(stores.SelectMany(static store => All.Values.Select(call => Task.Run(() => call(store)))).Select(static call => IgnoreConflictAsync(call)));

        Assert.Equal((long)PostgreSqlSchema.Version, await _schema.SqlAsync("select count(*) from {0}.migrations"));
    }

    [Fact]
    public async Task FirstCall_GivenUp_LeavesTheOthersAlone()
    {
        await using var store = _schema.Store();
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.Claims.InspectAsync(given.Token));

        Assert.Equal(0, (await store.Claims.InspectAsync(default)).OpenExecutions);
    }

    [Fact]
    public async Task FirstCall_ServerThatCannotBeReached_FailsAndTheNextTriesAgain()
    {
        await using var proxy = new TestKit.Postgres.FaultProxy(Cluster.Server.Port) { Refuses = true };
        await using var source = Npgsql.NpgsqlDataSource.Create(TestKit.Postgres.PostgresCluster.ConnectionStringTo(proxy.Port));
        var store = _schema.Store(source);
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(async () => await store.Claims.InspectAsync(default));
        Assert.ThrowsAny<Npgsql.NpgsqlException>(() => store.Claims.Renew(Renewal()));

        proxy.Refuses = false;

        Assert.Equal(0, (await store.Claims.InspectAsync(default)).OpenExecutions);
        store.Claims.Renew(Renewal());
    }

    // Four stores create the same job; one of them does.
    private static async Task IgnoreConflictAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (JobExistsException)
        {
            // Another store was first, on the schema that all of them share.
        }
    }

    private static RenewRequest Renewal() => new() { Owner = OwnerId.New(Now), Node = "node", Executors = ["work"], Lease = Duration.FromSeconds(30), Known = [], AnsweredClaims = 0 };

    private static SweepRequest Sweep() => new()
    {
        Owner = OwnerId.New(Now),
        ReclaimsOrphans = true,
        Retention = Duration.FromDays(30),
        ParkAfter = Duration.FromMinutes(10),
        Planner = new DuePlanner(),
    };
}
