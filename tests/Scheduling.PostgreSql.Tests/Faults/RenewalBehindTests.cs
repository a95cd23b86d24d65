using NodaTime;
using Npgsql;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Faults;

/// <summary>What goes along with a renewal may fail or wait; the lease does not: work in progress must not be given up because its events cannot be written.</summary>
public sealed class RenewalBehindTests : IAsyncLifetime
{
    private static readonly Instant Now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    private static readonly OwnerId Owner = OwnerId.New(Now);
    private readonly TestSchema _schema = new();
    private PostgreSqlStore _store = null!;
    private ClaimedRun _run = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await _schema.ReadyAsync();
        await new JobScheduler(_store).ForTenant("acme").CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Once(Now - Duration.FromSeconds(2)) });
        _run = Assert.Single((await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner), default)).Runs);
    }

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renew_EventsCannotBeWritten_RenewsAndSaysSo(bool onThisThread)
    {
        var before = await LeaseAsync();
        await _schema.SqlAsync("alter table {0}.run_events rename to away");

        var renewed = await RenewAsync(onThisThread);
        await _schema.SqlAsync("alter table {0}.away rename to run_events");
        var again = await RenewAsync(onThisThread);

        Assert.Equal(PostgresErrorCodes.UndefinedTable, Assert.IsType<PostgresException>(renewed.Unfinished).SqlState);
        Assert.Empty(renewed.Lost);
        Assert.True(await LeaseAsync() > before);
        Assert.Null(again.Unfinished);
        Assert.Equal(1L, await _schema.SqlAsync("select count(*) from {0}.run_events"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Renew_JobIsLockedForLong_RenewsAndSaysSo(bool onThisThread)
    {
        RenewResponse renewed;
        await using (var connection = await Cluster.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand($"select * from {_schema.Quoted}.due for update", connection, transaction);
            await hold.ExecuteNonQueryAsync();
            renewed = await RenewAsync(onThisThread);
        }
        var again = await RenewAsync(onThisThread);

        Assert.NotNull(renewed.Unfinished);
        Assert.Empty(renewed.Lost);
        Assert.Null(again.Unfinished);
        Assert.Equal(1L, await _schema.SqlAsync("select count(*) from {0}.run_events"));
    }

    private async Task<RenewResponse> RenewAsync(bool onThisThread)
    {
        var request = new RenewRequest
        {
            Owner = Owner,
            Node = "node",
            Executors = ["work"],
            Lease = Duration.FromSeconds(30),
            Known = [new HeldRun(_run.Id, _run.Token)],
            AnsweredClaims = 1,
            Reports = [new RunReport
            {
                Id = _run.Id,
                Tenant = _run.Tenant,
                JobId = _run.JobId,
                Token = _run.Token,
                Events = [new RunEvent { Number = 1, At = Now, Attempt = 1, Level = RunEventLevel.Information, Name = "event" }],
            }],
        };
        return onThisThread ? _store.Claims.Renew(request) : await _store.Claims.RenewAsync(request, default);
    }

    private async Task<DateTime> LeaseAsync() => Assert.IsType<DateTime>(await _schema.SqlAsync("select lease_until from {0}.processes"));
}
