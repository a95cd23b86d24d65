using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Sqlite.Tests.Faults;

/// <summary>C28, A11: a row that somebody edited by hand concerns its own job alone, which says what is wrong; nonsense that can be told from the row is refused by the file itself.</summary>
public sealed class HandEditedRowTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("UPDATE jobs SET definition = 'no json' WHERE key = 'edited'", "cannot be read")]
    [InlineData("UPDATE jobs SET definition = '{\"v\":1}' WHERE key = 'edited'", "no schedule")]
    [InlineData("UPDATE jobs SET definition = '{\"v\":99,\"schedule\":{\"kind\":\"manual\",\"v\":1}}' WHERE key = 'edited'", "version 99")]
    [InlineData("UPDATE jobs SET definition = json_set(definition, '$.schedule.text', 'never on a sunday') WHERE key = 'edited'", "")]
    [InlineData("UPDATE jobs SET definition = json_set(definition, '$.overlap', 77) WHERE key = 'edited'", "77")]
    [InlineData("UPDATE jobs SET payload = '{\"cut off' WHERE key = 'edited'", "payload")]
    public async Task Definition_Unreadable_FaultsThatJobAlone(string edit, string words)
    {
        await CreateAsync();
        _file.Edit(edit);
        await using var store = new SqliteStore(_file.ConnectionString, time: Later);
        var acme = new JobScheduler(store, time: Later).ForTenant("acme");

        var seen = await acme.GetAsync("edited", TestContext.Current.CancellationToken);
        var claim = await ClaimAsync(store);

        Assert.Equal((JobState.Faulted, JobFaultReason.Unreadable, null), (seen!.State, seen.Fault?.Reason, seen.NextRunAt));
        Assert.Contains(words, seen.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal("healthy", Assert.Single(claim.Runs).Definition.Key);
        Assert.Equal(seen.Id, Assert.Single(claim.Faults).JobId);
        Assert.Empty((await ClaimAsync(store)).Faults);
        Assert.Equal(["edited", "healthy"], (await acme.ListAsync(ct: TestContext.Current.CancellationToken)).Items.Select(static job => job.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Definition_UnreadableAndMendedByAnEdit_RunsAgain()
    {
        await CreateAsync();
        _file.Edit("UPDATE jobs SET definition = 'no json' WHERE key = 'edited'");
        await using var store = new SqliteStore(_file.ConnectionString, time: Later);
        await ClaimAsync(store);

        var mended = await new JobScheduler(store, time: Later).ForTenant("acme")
            .UpdateAsync("edited", new JobChange { Schedule = Schedule.Interval(Duration.FromMinutes(1)) }, ct: TestContext.Current.CancellationToken);

        Assert.Equal((JobState.Active, null), (mended.State, mended.Fault));
        Assert.NotNull(mended.NextRunAt);
    }

    [Fact]
    public async Task Definition_UnreadableWithARunPending_FailsThatRun()
    {
        await CreateAsync();
        ExecutionId asked;
        await using (var store = new SqliteStore(_file.ConnectionString))
            asked = (await new JobScheduler(store).ForTenant("acme").RunNowAsync("edited", ct: TestContext.Current.CancellationToken)).Id;
        _file.Edit("UPDATE jobs SET payload = 'no json' WHERE key = 'edited'");
        await using var damaged = new SqliteStore(_file.ConnectionString, time: Later);

        var claim = await ClaimAsync(damaged);

        Assert.Equal("healthy", Assert.Single(claim.Runs).Definition.Key);
        var row = await new JobScheduler(damaged, time: Later).ForTenant("acme").Executions.GetAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.PayloadInvalid), (row?.Status, row?.Reason));
        Assert.Contains("payload", row!.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE due SET next_start = 9223372036854775807, due_at = 9223372036854775807, next_slot = 9223372036854775807")]
    [InlineData("UPDATE due SET next_start = -9223372036854775807, due_at = -9223372036854775807, next_slot = -9223372036854775807, last_slot = NULL")]
    [InlineData("UPDATE due SET next_slot = NULL, next_start = NULL, due_at = 0")]
    public async Task Due_TimesOutOfRange_DoNotStopOtherJobs(string edit)
    {
        await CreateAsync();
        _file.Edit(edit + " WHERE job_id = (SELECT id FROM jobs WHERE key = 'edited')");
        await using var store = new SqliteStore(_file.ConnectionString, time: Later);

        var claim = await ClaimAsync(store);

        Assert.Contains(claim.Runs, static run => run.Definition.Key == "healthy");
        Assert.NotNull(await new JobScheduler(store, time: Later).ForTenant("acme").GetAsync("edited", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("UPDATE due SET state = 77")]
    [InlineData("UPDATE due SET open = -1")]
    [InlineData("UPDATE due SET fence = -1")]
    [InlineData("UPDATE due SET waiting = 3")]
    [InlineData("UPDATE due SET fault_reason = 9")]
    [InlineData("UPDATE due SET last_slot = next_slot")]
    [InlineData("UPDATE due SET due_at = 'tomorrow'")]
    [InlineData("UPDATE due SET version = NULL")]
    [InlineData("UPDATE jobs SET tenant = ''")]
    [InlineData("UPDATE jobs SET definition = NULL")]
    [InlineData("UPDATE jobs SET id = x'00'")]
    [InlineData("UPDATE runs SET attempt = -1")]
    [InlineData("UPDATE runs SET status = 5")]
    [InlineData("UPDATE runs SET status = 2")]
    [InlineData("UPDATE runs SET ready_at = NULL")]
    public async Task Row_NonsenseThatShows_IsRefusedByTheFile(string edit)
    {
        await CreateAsync();
        await using (var store = new SqliteStore(_file.ConnectionString))
            await new JobScheduler(store).ForTenant("acme").RunNowAsync("edited", ct: TestContext.Current.CancellationToken);

        var refused = Assert.Throws<SqliteStoreException>(() => _file.Edit(edit));

        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, refused.ErrorCode & 0xFF);
    }

    private static TimeProvider Later { get; } = new FixedTime(TimeProvider.System.GetUtcNow().AddMinutes(2));

    private async Task CreateAsync()
    {
        await using var store = new SqliteStore(_file.ConnectionString);
        var acme = new JobScheduler(store).ForTenant("acme");
        foreach (var key in (string[])["edited", "healthy"])
        {
            await acme.CreateAsync(
                new JobDefinition { Key = key, Executor = "work", Schedule = Schedule.Cron("* * * * *"), Payload = JobPayload.FromJson("{}"), Overlap = Policies.OverlapPolicy.Allow },
                TestContext.Current.CancellationToken);
        }
    }

    private static async Task<ClaimResponse> ClaimAsync(SqliteStore store)
    {
        var now = Instant.FromDateTimeOffset(Later.GetUtcNow());
        return await store.Claims.ClaimAsync(
            new ClaimRequest
            {
                Owner = OwnerId.New(now),
                Node = "node",
                Number = 1,
                Executors = [new ExecutorCapacity("work", 100)],
                Free = 100,
                Lease = Duration.FromSeconds(30),
                Planner = new Planning.DuePlanner(),
            },
            TestContext.Current.CancellationToken);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
