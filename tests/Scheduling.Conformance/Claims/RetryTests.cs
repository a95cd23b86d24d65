using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Attempts that are made again after a delay.</summary>
public abstract class RetryTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Retry_WaitsForItsDelayAndStartsAgainWithAHigherToken()
    {
        await DueNowAsync();
        var node = Process();
        var first = await node.ClaimOneAsync();

        Assert.Equal(SettlementOutcome.Accepted, await node.SettleAsync(Result.Retry(first, Duration.FromSeconds(30), "first try")));

        var waiting = await ReadAsync(first.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.Retry, Now + Duration.FromSeconds(30), "first try"), (waiting.Status, waiting.Reason, waiting.ReadyAt, waiting.Message));
        Advance(Duration.FromSeconds(30) - Fixture.ClockPrecision);
        var early = await node.ClaimAsync();
        Assert.Empty(early.Runs);
        Assert.Equal(waiting.ReadyAt, early.NextWake);
        AdvanceTo(waiting.ReadyAt!.Value);
        var second = await node.ClaimOneAsync();
        Assert.Equal((first.Id, 2, 1, Duration.Zero), (second.Id, second.Attempt, second.Failures, second.Lag));
        Assert.True(second.Token > first.Token);
    }

    [Fact]
    public async Task Retry_WhileItWaits_WinsOverTheNextSlot()
    {
        await EveryAsync(Duration.FromMinutes(1));
        var node = Process();
        Advance(Duration.FromMinutes(1));
        await node.SettleAsync(Result.Retry(await node.ClaimOneAsync(), Duration.FromMinutes(2)));
        Advance(Duration.FromMinutes(1));

        var claim = await node.ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Overlap), (Assert.Single(claim.Gaps).Gap.Status, claim.Gaps[0].Gap.Reason));
    }

    [Fact]
    public async Task Retry_Repeated_IsNotCountedTwice()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SettleAsync(Result.Retry(run, Duration.FromSeconds(1)));

        Assert.Equal(SettlementOutcome.Repeated, await node.SettleAsync(Result.Retry(run, Duration.FromSeconds(1))));

        Advance(Duration.FromSeconds(1));
        var again = await node.ClaimOneAsync();
        Assert.Equal((2, 1), (again.Attempt, again.Failures));
        Assert.Equal(SettlementOutcome.LeaseLost, await node.SettleAsync(Result.Retry(run, Duration.FromSeconds(1))));
        Assert.Equal(ExecutionStatus.Running, (await ReadAsync(run.Id)).Status);
    }

    [Fact]
    public async Task Retry_WindowClosedMeanwhile_EndsAsTheLastFailure()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 11)) with { Retry = RetryPolicy.Exponential(3, Duration.FromHours(1)) });
        var node = Process();
        AdvanceTo(job.NextRunAt!.Value);
        var run = await node.ClaimOneAsync();
        await node.SettleAsync(Result.Retry(run, Duration.FromHours(1), "first try"));
        Advance(Duration.FromHours(1));

        Assert.Empty((await node.ClaimAsync()).Runs);

        var row = await ReadAsync(run.Id);
        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.Exception, "first try", 1), (row.Status, row.Reason, row.Message, row.Attempt));
    }
}
