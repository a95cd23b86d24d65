using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Asking for the end of executions, wherever they are.</summary>
public abstract class CancelTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Cancel_Pending_EndsAtOnce()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var asked = await Acme.RunNowAsync("job");
        Advance(Duration.FromSeconds(1));

        var cancelled = await Acme.Executions.CancelAsync(asked.Id, "changed my mind");

        Assert.Equal((ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, Now, Now, "changed my mind"),
            (cancelled!.Status, cancelled.Reason, cancelled.EndedAt, cancelled.CancelRequestedAt, cancelled.CancelReason));
        Assert.Equal(cancelled, await ReadAsync(asked.Id));
        Assert.Empty((await Process().ClaimAsync()).Runs);
        Assert.Equal(0, (await ReadAsync("job")).OpenExecutions);
    }

    [Fact]
    public async Task Cancel_Running_IsRecordedAndTheOwnerHears()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();

        var told = await Acme.Executions.CancelAsync(run.Id, "enough");

        Assert.Equal((ExecutionStatus.Running, Now, "enough"), (told!.Status, told.CancelRequestedAt, told.CancelReason));
        Assert.Equal([new CancelNotice(run.Id, "enough")], (await node.RenewAsync()).CancelRequested);
        await node.SettleAsync(Result.Of(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested));
        var row = await ReadAsync(run.Id);
        Assert.Equal((ExecutionStatus.Cancelled, "enough"), (row.Status, row.CancelReason));
    }

    [Fact]
    public async Task Cancel_RunningThatEndsWellAllTheSame_KeepsItsResult()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await Acme.Executions.CancelAsync(run.Id);

        await node.SucceedAsync(run);

        var row = await ReadAsync(run.Id);
        Assert.Equal((ExecutionStatus.Succeeded, Now), (row.Status, row.CancelRequestedAt));
    }

    [Fact]
    public async Task Cancel_Twice_KeepsTheFirstRequest()
    {
        await DueNowAsync();
        var run = await Process().ClaimOneAsync();
        var first = await Acme.Executions.CancelAsync(run.Id, "first");
        Advance(Duration.FromSeconds(1));

        Assert.Equal(first, await Acme.Executions.CancelAsync(run.Id, "second"));
    }

    [Fact]
    public async Task Cancel_Ended_StaysAsItIs()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SucceedAsync(run);
        var before = await ReadAsync(run.Id);

        Assert.Equal(before, await Acme.Executions.CancelAsync(run.Id, "too late"));
        Assert.False((await Store.Executions.CancelAsync(new CancelRequest { Tenant = run.Tenant, Id = run.Id }, default))!.Accepted);
        Assert.Equal(before, await ReadAsync(run.Id));
    }

    [Fact]
    public async Task Cancel_Unknown_IsNull() => Assert.Null(await Acme.Executions.CancelAsync(ExecutionId.New(Now)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_ThenRetriedOrHandedBack_DoesNotStartAgain(bool retried)
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await Acme.Executions.CancelAsync(run.Id);

        await node.SettleAsync(retried ? Result.Retry(run, Duration.Zero) : Result.HandBack(run, hadBegun: true));

        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Equal(ExecutionStatus.Cancelled, (await ReadAsync(run.Id)).Status);
    }

    [Fact]
    public async Task Cancel_WaitingForItsRetry_EndsAtOnce()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SettleAsync(Result.Retry(run, Duration.FromHours(1)));

        Assert.Equal(ExecutionStatus.Cancelled, (await Acme.Executions.CancelAsync(run.Id))!.Status);
        Assert.Equal((ExecutionStatus.Cancelled, 1), ((await ReadAsync(run.Id)).Status, (await ReadAsync(run.Id)).Attempt));
    }

    [Fact]
    public async Task Cancel_InTheMiddleOfAChain_TheRestGoesOn()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromMinutes(1))) with { Misfire = MisfirePolicy.RunAll() });
        Advance(Duration.FromMinutes(3));
        var node = Process();
        var first = await node.ClaimOneAsync();
        var second = (await HistoryAsync("job")).Single(row => row.ScheduledFor == Start + Duration.FromMinutes(2));

        Assert.Equal(ExecutionStatus.Cancelled, (await Acme.Executions.CancelAsync(second.Id))!.Status);
        Assert.Empty((await node.ClaimAsync()).Runs);
        await node.SucceedAsync(first);

        Assert.Equal(Start + Duration.FromMinutes(3), (await node.ClaimOneAsync()).Slots?.Last);
    }
}
