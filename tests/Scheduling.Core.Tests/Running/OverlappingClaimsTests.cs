using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Tests.Running;

/// <summary>Two claims of one process on their way at once: places, numbers, the order of answers, failures and the stop.</summary>
public sealed class OverlappingClaimsTests : IAsyncDisposable
{
    /// <summary>So few that none of them is reserved.</summary>
    private const int Places = 6;
    private const int Jobs = 30;

    private readonly EngineHarness _harness;
    private readonly HeldClaimStore _store;
    private readonly TaskCompletionSource _gate = new();
    private EngineNode _node = null!;

    public OverlappingClaimsTests()
    {
        HeldClaimStore? store = null;
        _harness = new EngineHarness(wrap: memory => store = new HeldClaimStore(memory));
        _store = store!;
    }

    public async ValueTask DisposeAsync()
    {
        _gate.TrySetResult();
        _store.Holds = false;
        foreach (var claim in _store.Held)
            claim.Fail();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task Claim_StoreOverlaps_AsksForHalfOfThePlaces()
    {
        await StartAsync(places: Places, jobs: Jobs);

        var tick = _node.TickAsync();

        Assert.Equal((1L, 3), NumberAndFree(Assert.Single(_store.Held)));
        await AnswerAsync(1);
        Assert.Equal(3, (await tick).Claimed);
    }

    [Fact]
    public async Task Claim_StoreDoesNotOverlap_AsksForAllPlacesAndStaysAlone()
    {
        await using var harness = new EngineHarness();
        var store = new HeldClaimStore(harness.Memory) { OverlapsClaims = false };
        _node = harness.AddNode(new EngineOptions { MaxConcurrentRuns = Places }, store, harness.Recording("work"));
        await AddJobsAsync(harness, Jobs);

        var tick = _node.TickAsync();

        Assert.Equal((1L, Places), NumberAndFree(Assert.Single(store.Held)));
        await store.Held[0].AnswerAsync();
        await tick;
        Assert.Equal(1, store.MostHeld);
        store.Holds = false;
    }

    [Fact]
    public async Task Tick_WorkIsLeftAndHalfThePlacesAreFree_SecondClaimGoesOutBesideTheFirst()
    {
        await StartWithTwoUnderwayAsync();

        Assert.Equal([(2L, 3), (3L, 3)], _store.Held.Select(NumberAndFree));
        Assert.Equal(3, _harness.Runs.Count);
    }

    [Fact]
    public async Task Answers_InTheOtherOrder_AllRunsStartAndTheYoungerClaimIsNotCountedAsAnswered()
    {
        var tick = await StartWithTwoUnderwayAsync();
        await AnswerAsync(3);
        Assert.Equal(3, (await tick).Claimed);
        await UntilRunsAsync(6);

        // Whoever renews now must not tell the store that claim 2 has been heard: its runs would be handed back.
        await AnswerRenewalAsync();
        Assert.Equal(1, _store.Renewals[^1].AnsweredClaims);

        tick = _node.TickAsync();
        await AnswerAsync(2);
        Assert.Equal(3, (await tick).Claimed);
        await UntilRunsAsync(9);
        Assert.Equal(9, _harness.Runs.Select(static run => run.ExecutionId).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_FailsWhileAnotherIsUnderway_OtherOneIsTakenInAndTheFailedOneIsRepeatedWithItsNumber(bool reachesStore)
    {
        var tick = await StartWithTwoUnderwayAsync();
        if (reachesStore)
            await Held(2).LoseAsync();
        else
            Held(2).Fail();
        await AnswerAsync(3);

        // Whichever of the two is heard first, claim 3 is not left waiting by the failure.
        var failure = await Record.ExceptionAsync(() => tick);
        await UntilRunsAsync(6);
        _store.Holds = false;
        Assert.IsType<IOException>(failure ?? await Record.ExceptionAsync(_node.TickAsync));
        await FinishAsync();
        Assert.Equal(2, _store.Numbers.Count(static number => number == 2));
        Assert.Equal(Jobs, _harness.Runs.Count);
        Assert.Equal(Jobs, _harness.Runs.Select(static run => run.ExecutionId).Distinct().Count());
    }

    [Fact]
    public async Task BothClaims_Fail_TickTellsOfBothAndNothingIsLost()
    {
        var tick = await StartWithTwoUnderwayAsync();
        foreach (var claim in _store.Held)
            claim.Fail();

        var failure = await Assert.ThrowsAsync<AggregateException>(() => tick);

        Assert.Equal(2, failure.InnerExceptions.Count);
        _store.Holds = false;
        await FinishAsync();
        Assert.Equal(Jobs, _harness.Runs.Count);
    }

    [Fact]
    public async Task Stop_ClaimUnderway_ItsRunsAreHandedBackAndNotBegun()
    {
        var tick = await StartWithTwoUnderwayAsync();
        await AnswerAsync(2);
        await tick;
        await UntilRunsAsync(6);
        var late = Held(3);

        var stop = _node.Engine.StopAsync(Duration.FromSeconds(1));
        await late.AnswerAsync();
        await _harness.Clock.UntilAsync(() => stop.IsCompleted);

        Assert.Equal(6, _harness.Runs.Count);
        var open = await _harness.Acme.Executions.ListAsync(new ExecutionQuery { Statuses = [ExecutionStatus.Pending], PageSize = 1000 });
        Assert.Equal(Jobs - 6, open.Items.Count);
        Assert.Equal(3, open.Items.Count(static run => run.Reason == ExecutionReason.HandedBack));
    }

    /// <summary>Long runs: claims of half of the places each must fill all of them, without the end of a run to remind of what is left.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task LongRuns_MoreWaitsThanThereArePlaces_AllButTheReservedAreTaken(int places)
    {
        _store.Holds = false;
        await StartAsync(places, jobs: 100);

        await _harness.SettleAsync();

        Assert.Equal(places - (places / 8), _node.Engine.Snapshot().Active);
    }

    [Fact]
    public async Task LongRuns_SomePlacesAreTakenAlready_AllButTheReservedAreTaken()
    {
        _store.Holds = false;
        await StartAsync(places: 64, jobs: 1);
        await _harness.SettleAsync();
        await AddJobsAsync(_harness, 100, from: 1);

        await _harness.SettleAsync();

        Assert.Equal(64 - 8, _node.Engine.Snapshot().Active);
    }

    /// <summary>A claim beside another one keeps off the executor's places that the other asks for; when these stay free, work that it left must not wait.</summary>
    [Fact]
    public async Task Executor_WithFewPlaces_WakeDuringAClaimIsNotForgotten()
    {
        _node = _harness.AddNode(new EngineOptions { MaxConcurrentRuns = 64 }, _store, _harness.Blocking("work", _gate, maxConcurrentRuns: 4));
        _store.Holds = false;
        await _harness.SettleAsync();
        _store.Holds = true;
        await AddJobsAsync(_harness, 1);
        var tick = _node.TickAsync();
        var first = _store.Held.Single();
        await first.DoAsync();
        await AddJobsAsync(_harness, 1, from: 1);
        await _harness.Clock.UntilAsync(() => _store.Held.Count == 2);
        await _store.Held[1].AnswerAsync();
        first.Answered();
        await tick;
        _store.Holds = false;
        foreach (var claim in _store.Held)
            await claim.AnswerAsync();

        _store.Holds = false;
        await _harness.SettleAsync();

        Assert.Equal(2, _harness.Runs.Count);
    }

    /// <summary>Claims that overlap for longer than the lease is trusted, each sent while the one before is underway: each proves the lease anew.</summary>
    [Fact]
    public async Task Overlap_ForLongerThanTheLease_RunsAreNotGivenUp()
    {
        await StartAsync(places: Places, jobs: 200, _harness.Recording("work"));
        var tick = _node.TickAsync();
        for (var second = 0; second < 60; second++)
        {
            _harness.Clock.Advance(TimeSpan.FromSeconds(1));
            if (_store.Held.Count > 0)
                await _store.Held[0].AnswerAsync();
            await tick;
            await _harness.Clock.UntilAsync(() => _node.Engine.Snapshot().Active == 0);
            tick = _node.TickAsync();
            await _harness.Clock.UntilAsync(() => tick.IsCompleted || _store.Held.Count > 0);
        }

        Assert.Equal(2, _store.MostHeld);
        Assert.Empty(_node.Events.Lost);
        Assert.True(_harness.Runs.Count > 60, $"{_harness.Runs.Count} runs");
        Assert.All(_harness.Runs, static run => Assert.NotEqual(RunCancelReason.LeaseLost, run.CancelReason));
        _store.Holds = false;
        foreach (var claim in _store.Held)
            await claim.AnswerAsync();
        await tick;
    }

    /// <summary>The lease runs since the claim was sent, and so does the time to its renewal.</summary>
    [Fact]
    public async Task Renewal_AfterALateAnswer_ComesAnIntervalAfterTheClaimWasSent()
    {
        await StartAsync(places: Places, jobs: 3);
        var tick = _node.TickAsync();
        _harness.Clock.Advance(TimeSpan.FromSeconds(1.5));
        await AnswerAsync(1);
        await tick;
        Assert.Empty(_store.Renewals);

        _harness.Clock.Advance(TimeSpan.FromSeconds(0.5));

        await _harness.Clock.UntilAsync(() => _store.Renewals.Count == 1);
    }

    /// <summary>One turn has all the work, so a claim beside another finds it taken: after some the engine goes back to claims of all places.</summary>
    [Fact]
    public async Task ClaimsBeside_FindNothingAgainAndAgain_ClaimsGoOutAloneForAWhile()
    {
        await StartAsync(places: Places, jobs: 200, _harness.Recording("work"));
        var most = 0;
        var tick = _node.TickAsync();
        for (var step = 0; step < 60; step++)
        {
            var held = _store.Held;
            most = Math.Max(most, held.Select(static claim => claim.Request.Free).DefaultIfEmpty().Max());

            // The one beside finds the turn locked and is back first.
            if (held.Count == 2)
                held[1].AnswerNothing(_harness.Clock.Now);
            else if (held.Count == 1)
                await held[0].AnswerAsync();
            await tick;
            await _harness.Clock.UntilAsync(() => _node.Engine.Snapshot().Active == 0);
            _harness.Clock.Advance(TimeSpan.FromMilliseconds(10));
            tick = _node.TickAsync();
            await _harness.Clock.UntilAsync(() => tick.IsCompleted || _store.Held.Count > 0);
        }

        Assert.Equal(2, _store.MostHeld);
        Assert.Equal(Places, most);
        _store.Holds = false;
        foreach (var claim in _store.Held)
            await claim.AnswerAsync();
        await tick;
    }

    /// <summary>Claims are answered, lost and refused in random order: never more than two are underway, never more run than there are places, and every job runs once.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnyOrderOfAnswers_EveryJobRunsOnceAndPlacesHold(int seed)
    {
        const int jobs = 120;
        var random = new Random(seed);
        var (running, most) = (0, 0);
        _node = _harness.AddNode(new EngineOptions { MaxConcurrentRuns = Places, LeaseDuration = Duration.FromHours(1), RenewInterval = Duration.FromMinutes(20) }, _store, new ExecutorRegistration("work", async (run, _) =>
        {
            _harness.Runs.Enqueue(run);
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return JobResult.Success();
        }));
        await AddJobsAsync(_harness, jobs);

        var tick = _node.TickAsync();
        for (var step = 0; step < 2_000 && (_harness.Runs.Count < jobs || _node.Engine.Snapshot() is not { Active: 0, Unsettled: 0 }); step++)
        {
            if (tick.IsCompleted)
            {
                if (!tick.IsFaulted && (await tick).Wait > Duration.Zero)
                {
                    await _harness.Clock.UntilAsync(() => _node.Engine.Snapshot().Active == 0);
                    _harness.Clock.Advance(TimeSpan.FromMilliseconds(10));
                }
                tick = _node.TickAsync();
            }
            if (_store.Held is { Count: > 0 } held)
                await AnswerSomehowAsync(held[random.Next(held.Count)], random);
            await _harness.Clock.UntilAsync(() => tick.IsCompleted || _store.Held.Count > 0);
        }

        Assert.True(_harness.Runs.Count == jobs, $"Seed {seed}: {_harness.Runs.Count} runs of {jobs} jobs.");
        Assert.True(_harness.Runs.Select(static run => run.ExecutionId).Distinct().Count() == jobs, $"Seed {seed}: a job ran twice.");
        Assert.True(most <= Places, $"Seed {seed}: {most} ran at once in {Places} places.");
        Assert.True(_store.MostHeld <= 2, $"Seed {seed}: {_store.MostHeld} claims at once.");
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    private static async Task AnswerSomehowAsync(HeldClaim claim, Random random)
    {
        var die = random.Next(10);
        if (die == 0)
            claim.Fail();
        else if (die == 1)
            await claim.LoseAsync();
        else
            await claim.AnswerAsync();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }

    private static (long Number, int Free) NumberAndFree(HeldClaim claim) => (claim.Request.Number, claim.Request.Free);

    private static async Task AddJobsAsync(EngineHarness harness, int count, int from = 0)
    {
        for (var n = from; n < from + count; n++)
        {
            await harness.Acme.CreateAsync(new JobDefinition { Key = $"job-{n}", Executor = "work", Schedule = Schedule.Manual });
            await harness.Acme.RunNowAsync($"job-{n}");
        }
    }

    private async Task StartAsync(int places, int jobs, ExecutorRegistration? executor = null)
    {
        _node = _harness.AddNode(new EngineOptions { MaxConcurrentRuns = places, RenewInterval = Duration.FromSeconds(2) }, _store, executor ?? _harness.Blocking("work", _gate));
        await AddJobsAsync(_harness, jobs);
    }

    /// <summary>Six places, 30 runs wait: claim 1 is answered and its runs have ended, claims 2 and 3 are underway.</summary>
    private async Task<Task<TickResult>> StartWithTwoUnderwayAsync()
    {
        await StartAsync(places: Places, jobs: Jobs);
        var tick = _node.TickAsync();
        await AnswerAsync(1);
        await tick;
        tick = _node.TickAsync();
        Assert.Equal((2L, 3), NumberAndFree(Assert.Single(_store.Held)));
        await UntilRunsAsync(3);
        _gate.SetResult();
        await _harness.Clock.UntilAsync(() => _store.Held.Count == 2);
        return tick;
    }

    private HeldClaim Held(long number) => _store.Held.Single(claim => claim.Request.Number == number);

    private Task AnswerAsync(long number) => Held(number).AnswerAsync();

    private Task UntilRunsAsync(int count) => _harness.Clock.UntilAsync(() => _harness.Runs.Count == count && _node.Engine.Snapshot().Active is 0 or 3);

    private async Task AnswerRenewalAsync()
    {
        var before = _store.Renewals.Count;
        _harness.Clock.Advance(TimeSpan.FromSeconds(2));
        await _harness.Clock.UntilAsync(() => _store.Renewals.Count > before);
    }

    private async Task FinishAsync()
    {
        for (var step = 0; step < 100 && (_harness.Runs.Count < Jobs || _node.Engine.Snapshot().Active > 0); step++)
        {
            await _node.TickAsync();
            await _harness.Clock.UntilAsync(() => _node.Engine.Snapshot().Active == 0);
            _harness.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }
}
