using NodaTime;
using Npgsql;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Faults;

/// <summary>Rows that somebody changed by hand: the database refuses what it can, and one job that cannot be read stops alone.</summary>
public sealed class EditedRowTests : IAsyncLifetime
{
    private readonly TestSchema _schema = new();
    private PostgreSqlStore _store = null!;
    private ITenantJobs _jobs = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await _schema.ReadyAsync();
        _jobs = new JobScheduler(_store).ForTenant("acme");
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        foreach (var key in (string[])["broken", "fine"])
            await _jobs.CreateAsync(new JobDefinition { Key = key, Executor = "work", Schedule = Schedule.Once(now - Duration.FromSeconds(2)) });
    }

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Theory]
    [InlineData("definition = 'not json'")]
    [InlineData("definition = '{}'")]
    [InlineData("definition = '{\"v\":99,\"schedule\":{}}'")]
    [InlineData("definition = '{\"v\":1,\"schedule\":{\"kind\":\"cron\",\"v\":1,\"text\":\"61 * * * *\",\"zone\":\"UTC\",\"format\":\"STANDARD\",\"dayRule\":\"BOTH\"}}'")]
    [InlineData("definition = '{\"v\":1,\"schedule\":{\"kind\":\"manual\",\"v\":1},\"overlap\":77}'")]
    [InlineData("payload = '{\"a\":'")]
    public async Task Definition_ThatCannotBeRead_StopsThatJobAlone(string change)
    {
        await _schema.SqlAsync($"update {{0}}.jobs set {change} where key = 'broken'");

        var claim = await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner()), default);

        Assert.Equal("fine", Assert.Single(claim.Runs).Definition.Key);
        Assert.Equal(JobFaultReason.Unreadable, Assert.Single(claim.Faults).Fault.Reason);
        var broken = Assert.IsType<Job>(await _jobs.GetAsync("broken"));
        Assert.Equal((JobState.Faulted, JobFaultReason.Unreadable), (broken.State, broken.Fault?.Reason));
        Assert.Equal(2, (await _jobs.ListAsync()).Items.Count);
        Assert.Empty((await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner(), 2), default)).Faults);
    }

    [Fact]
    public async Task Definition_ThatCannotBeRead_IsMendedByANewSchedule()
    {
        await _schema.SqlAsync("update {0}.jobs set definition = 'not json' where key = 'broken'");
        await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner()), default);

        var mended = await _jobs.UpdateAsync("broken", new JobChange { Schedule = Schedule.Interval(Duration.FromHours(1)) });

        Assert.Equal((JobState.Active, null), (mended.State, mended.Fault));
        Assert.Equal(mended, await _jobs.GetAsync("broken"));
    }

    [Theory]
    [InlineData("due set state = 9")]
    [InlineData("due set open = -1")]
    [InlineData("due set waiting = open + 1")]
    [InlineData("due set fence = -1")]
    [InlineData("due set last_slot = next_slot")]
    [InlineData("due set next_start = next_slot - interval '1 second'")]
    [InlineData("due set fault_reason = 3")]
    [InlineData("due set paused_since = now()")]
    [InlineData("due set is_deleted = true")]
    [InlineData("jobs set version = 0")]
    [InlineData("jobs set tenant = ''")]
    [InlineData("runs set status = 3")]
    [InlineData("runs set owner = null")]
    [InlineData("runs set attempt = -1")]
    [InlineData("runs set slot_count = 0")]
    [InlineData("tenants set running = -1")]
    [InlineData("tenants set maximum_running = 0")]
    public async Task Row_ThatBreaksAnInvariant_IsRefusedByTheDatabase(string change)
    {
        await new JobScheduler(_store).SetLimitsAsync(new TenantId("acme"), new Policies.TenantLimits { MaximumRunning = 1 });
        await _store.Claims.ClaimAsync(Smoke.ClaimOf(Owner()), default);

        var refused = await Assert.ThrowsAsync<PostgresException>(async () => await _schema.SqlAsync($"update {{0}}.{change}"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
    }

    private static OwnerId Owner() => OwnerId.New(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
}
