using NodaTime;
using Npgsql;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Faults;

/// <summary>B15: what passes by itself (deadlock, serialization, a lock that was not given, a session that was ended) is tried again once inside the call, and nobody hears of it; what stays is the caller's.</summary>
public sealed class PassingFailureTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    private static readonly OwnerId Owner = OwnerId.New(Now);
    private readonly TestSchema _schema = new();
    private PostgreSqlStore _store = null!;
    private ITenantJobs _jobs = null!;

    public static MatrixTheoryData<string, string> Failures { get; } = new(
        [PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.LockNotAvailable, PostgresErrorCodes.AdminShutdown, "25P03"],
        ["create", "pause", "claim", "settle", "renew", "renew on this thread", "sweep"]);

    public async ValueTask InitializeAsync()
    {
        _store = await _schema.ReadyAsync();
        _jobs = new JobScheduler(_store).ForTenant("acme");
        await _jobs.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Once(Now - Duration.FromSeconds(2)) });
    }

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Call_FailsOnceForAReasonThatPasses_SucceedsAndTakesEffectOnce(string state, string call)
    {
        await PrepareAsync(call);
        await PlantAsync(TableOf(call), state, times: 1);

        await RunAsync(call);

        Assert.InRange(Assert.IsType<long>(await _schema.SqlAsync("select last_value from {0}.failures where is_called")), 2, long.MaxValue);
        await Invariants.CheckAsync(Cluster.Source, _schema.Name);
    }

    [Fact]
    public async Task Call_FailsAgain_IsTheCallersAndTheNextOneWorks()
    {
        await PlantAsync("runs", PostgresErrorCodes.DeadlockDetected, times: 2);

        var failed = await Assert.ThrowsAsync<PostgresException>(async () => await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner), default));

        Assert.Equal(PostgresErrorCodes.DeadlockDetected, failed.SqlState);
        Assert.Single((await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner), default)).Runs);
        await Invariants.CheckAsync(Cluster.Source, _schema.Name);
    }

    [Fact]
    public async Task Call_DiskFull_IsTheCallersAtOnceAndNothingIsHalfDone()
    {
        await PlantAsync("executions", PostgresErrorCodes.DiskFull, times: 1);
        var run = Assert.Single((await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner), default)).Runs);

        var failed = await Assert.ThrowsAsync<PostgresException>(async () => await SettleAsync(run));

        Assert.Equal(PostgresErrorCodes.DiskFull, failed.SqlState);
        Assert.Equal(ExecutionStatus.Running, (await _jobs.Executions.GetAsync(run.Id))!.Status);
        Assert.Equal([SettlementOutcome.Accepted], (await SettleAsync(run)).Outcomes);
        await Invariants.CheckAsync(Cluster.Source, _schema.Name);
    }

    private static string TableOf(string call) => call switch
    {
        "create" => "jobs",
        "pause" => "due",
        "claim" => "runs",
        "settle" => "executions",
        "sweep" => "runs",
        _ => "processes",
    };

    private ClaimedRun? _run;

    private async Task PrepareAsync(string call)
    {
        if (call is "settle" or "sweep")
            _run = Assert.Single((await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner), default)).Runs);
        if (call is "sweep")
            await _schema.SqlAsync("update {0}.processes set lease_until = now() - interval '1 hour'");
    }

    private async Task RunAsync(string call)
    {
        switch (call)
        {
            case "create":
                Assert.Equal("other", (await _jobs.CreateAsync(new JobDefinition { Key = "other", Executor = "work", Schedule = Schedule.Manual })).Key);
                break;
            case "pause":
                Assert.Equal(JobState.Paused, (await _jobs.PauseAsync("job")).State);
                break;
            case "claim":
                Assert.Single((await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner), default)).Runs);
                break;
            case "settle":
                Assert.Equal([SettlementOutcome.Accepted], (await SettleAsync(_run!)).Outcomes);
                break;
            case "sweep":
                Assert.Equal(1, (await _store.Claims.SweepAsync(Sweeping(), default)).Reclaimed);
                break;
            case "renew":
                await _store.Claims.RenewAsync(Renewing(), default);
                break;
            default:
                _store.Claims.Renew(Renewing());
                break;
        }
    }

    private async Task<SettleResponse> SettleAsync(ClaimedRun run) => await _store.Claims.SettleAsync(
        new SettleRequest
        {
            Owner = Owner,
            Settlements = [new Settlement { Id = run.Id, Tenant = run.Tenant, JobId = run.JobId, Executor = "work", Token = run.Token, Kind = SettlementKind.End, Status = ExecutionStatus.Succeeded }],
        },
        default);

    private static RenewRequest Renewing() => new() { Owner = Owner, Node = "node", Executors = ["work"], Lease = Duration.FromSeconds(30), Known = [], AnsweredClaims = 0 };

    private static SweepRequest Sweeping() => new()
    {
        Owner = OwnerId.New(Now),
        ReclaimsOrphans = true,
        Retention = Duration.FromDays(30),
        ParkAfter = Duration.FromMinutes(10),
        Planner = new Planning.DuePlanner(),
    };

    /// <summary>The first writes to a table fail; a sequence counts them, which no rollback takes back.</summary>
    private async Task PlantAsync(string table, string state, int times) => await _schema.SqlAsync(
        $$"""
        create sequence {0}.failures;
        create function {0}.fail() returns trigger language plpgsql as $f$
        begin
            if nextval('{0}.failures') <= {{times}} then raise exception 'planted' using errcode = '{{state}}'; end if;
            return null;
        end $f$;
        create trigger fail before insert or update on {0}.{{table}} for each statement execute function {0}.fail()
        """);
}
