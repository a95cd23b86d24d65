using System.Diagnostics;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Runs that somebody asked for.</summary>
public abstract class RunNowTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task RunNow_ActiveJob_IsPendingThenClaimedAndMovesNoSlot()
    {
        var job = await EveryAsync(Duration.FromHours(1));
        Advance(Duration.FromMinutes(10));

        var asked = await Acme.RunNowAsync("job");

        Assert.Equal((ExecutionStatus.Pending, ExecutionTrigger.Manual, null, Now, 0), (asked.Status, asked.Trigger, asked.Slots, asked.DueAt, asked.Attempt));
        Assert.Equal(asked, await ReadAsync(asked.Id));
        Advance(Duration.FromSeconds(2));
        var node = Process();
        var run = await node.ClaimOneAsync();
        Assert.Equal((asked.Id, 1, Duration.FromSeconds(2)), (run.Id, run.Attempt, run.Lag));
        await node.SucceedAsync(run);
        var after = await ReadAsync("job");
        Assert.Equal((job.NextRunAt, job.NextSlot, job.LastSlot), (after.NextRunAt, after.NextSlot, after.LastSlot));
        Assert.Equal((run.Id, run.StartedAt), (after.LastRun?.Id, after.LastSuccessAt));
    }

    [Fact]
    public async Task RunNow_InactiveJob_Works()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromHours(1))) with { Active = false });

        var asked = await Acme.RunNowAsync("job");

        Assert.Equal(asked.Id, (await Process().ClaimOneAsync()).Id);
        Assert.Equal(JobState.Paused, (await ReadAsync("job")).State);
    }

    [Fact]
    public async Task RunNow_CompletedJob_Works()
    {
        await DueNowAsync();
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());

        var asked = await Acme.RunNowAsync("job");

        Assert.Equal(asked.Id, (await node.ClaimOneAsync()).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunNow_OneIsThere_IsRefusedWithItAndStartsNothing(bool started)
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var first = await Acme.RunNowAsync("job");
        if (started)
            await Process().ClaimOneAsync();

        var refused = await Assert.ThrowsAsync<JobAlreadyRunningException>(async () => await Acme.RunNowAsync("job"));

        Assert.Equal((first.Id, started ? ExecutionStatus.Running : ExecutionStatus.Pending), (refused.Execution.Id, refused.Execution.Status));
        Assert.Single(await HistoryAsync("job"));
    }

    [Fact]
    public async Task RunNow_ScheduledRunIsThere_IsRefusedWithIt()
    {
        await EveryAsync(Duration.FromMinutes(1));
        Advance(Duration.FromMinutes(1));
        var run = await Process().ClaimOneAsync();

        var refused = await Assert.ThrowsAsync<JobAlreadyRunningException>(async () => await Acme.RunNowAsync("job"));

        Assert.Equal(run.Id, refused.Execution.Id);
    }

    [Fact]
    public async Task RunNow_QueueOne_LetsOneWaitAndRefusesTheNextWithTheRunningOne()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.QueueOne });
        var first = await Acme.RunNowAsync("job");
        var node = Process();
        var run = await node.ClaimOneAsync();

        var second = await Acme.RunNowAsync("job");
        var refused = await Assert.ThrowsAsync<JobAlreadyRunningException>(async () => await Acme.RunNowAsync("job"));

        Assert.Equal((ExecutionReason.Queued, null), (second.Reason, second.ReadyAt));
        Assert.Equal(first.Id, refused.Execution.Id);
        Assert.Empty((await node.ClaimAsync()).Runs);
        Advance(Duration.FromMinutes(5));
        await node.SucceedAsync(run);
        var next = await node.ClaimOneAsync();
        Assert.Equal((second.Id, Duration.Zero), (next.Id, next.Lag));
    }

    [Fact]
    public async Task RunNow_Allow_RunsBesideTheOthers()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.Allow });
        for (var n = 0; n < 3; n++)
            await Acme.RunNowAsync("job");

        Assert.Equal(3, (await Process().ClaimAsync()).Runs.Count);
    }

    [Fact]
    public async Task RunNow_SameIdempotencyKey_IsTheSameExecutionAlsoAfterItsEnd()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var first = await Acme.RunNowAsync("job", "request-1");
        Assert.Equal(first, await Acme.RunNowAsync("job", "request-1"));
        var node = Process();
        var run = await node.ClaimOneAsync();
        Assert.Equal(ExecutionStatus.Running, (await Acme.RunNowAsync("job", "request-1")).Status);
        await node.SucceedAsync(run);

        var repeated = await Acme.RunNowAsync("job", "request-1");

        Assert.Equal((first.Id, ExecutionStatus.Succeeded), (repeated.Id, repeated.Status));
        Assert.NotEqual(first.Id, (await Acme.RunNowAsync("job", "request-2")).Id);
    }

    [Fact]
    public async Task RunNow_SameIdempotencyKeyForAnotherJob_IsAnotherExecution()
    {
        await Acme.CreateAsync(Work.Job("one", Schedule.Manual));
        await Acme.CreateAsync(Work.Job("two", Schedule.Manual));

        Assert.NotEqual((await Acme.RunNowAsync("one", "key")).Id, (await Acme.RunNowAsync("two", "key")).Id);
    }

    [Fact]
    public async Task RunNow_JobMadeAnewUnderItsKey_ForgetsTheOldRequests()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var old = await Acme.RunNowAsync("job", "request-1");
        await Acme.DeleteAsync("job");
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));

        Assert.NotEqual(old.Id, (await Acme.RunNowAsync("job", "request-1")).Id);
    }

    [Fact]
    public async Task RunNow_FiveAtTheSameMomentWithOneKey_IsOneRun()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.Allow });
        var acme = Acme;

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(async () => await acme.RunNowAsync("job", "request-1"))));

        Assert.Single(answers.Select(static answer => answer.Id).Distinct());
        Assert.Single((await Process().ClaimAsync()).Runs);
    }

    [Fact]
    public async Task RunNow_InATrace_EveryAttemptKnowsIt()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        await DueNowAsync("scheduled");
        string? asking;
        using (var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            asking = request.Id;
            await Acme.RunNowAsync("job", "request-1");
        }
        using (new Activity("the same request again").SetIdFormat(ActivityIdFormat.W3C).Start())
            await Acme.RunNowAsync("job", "request-1");
        var node = Process();

        var claimed = (await node.ClaimAsync()).Runs;
        var asked = claimed.Single(static run => run.Trigger == ExecutionTrigger.Manual);
        await node.SettleAsync(Result.Retry(asked, Duration.Zero));
        var again = await node.ClaimOneAsync();
        await node.SucceedAsync(again);
        await Acme.RunNowAsync("job");

        Assert.Equal((asking, asking, 2), (asked.TraceParent, again.TraceParent, again.Attempt));
        Assert.Null(claimed.Single(static run => run.Trigger == ExecutionTrigger.Schedule).TraceParent);
        Assert.Null((await node.ClaimOneAsync()).TraceParent);
    }

    [Fact]
    public async Task Enqueue_Outcomes_AreTold()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var request = new EnqueueRequest { Tenant = job.Tenant, Job = job.Id, IdempotencyKey = "1" };

        Assert.Equal(EnqueueOutcome.Enqueued, (await Store.Executions.EnqueueAsync(request, default)).Outcome);
        Assert.Equal(EnqueueOutcome.Repeated, (await Store.Executions.EnqueueAsync(request, default)).Outcome);
        Assert.Equal(EnqueueOutcome.AlreadyRunning, (await Store.Executions.EnqueueAsync(request with { IdempotencyKey = "2" }, default)).Outcome);
        var missing = await Store.Executions.EnqueueAsync(request with { Job = JobId.New(Now) }, default);
        Assert.Equal((EnqueueOutcome.NotFound, null), (missing.Outcome, missing.Execution));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" x")]
    [InlineData("a\0b")]
    public async Task RunNow_BadIdempotencyKey_IsRefused(string key)
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));

        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Acme.RunNowAsync("job", key));

        Assert.Equal("idempotencyKey", refused.Errors[0].Field);
        Assert.Empty(await HistoryAsync("job"));
    }
}
