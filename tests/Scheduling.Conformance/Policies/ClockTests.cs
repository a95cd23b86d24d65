using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>A clock that is corrected, stepped and smeared: never early, never twice, and the history stays whole.</summary>
public abstract class ClockTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Claim_ClockStepsAroundEveryDueSecond_RunsEachSlotOnceAndNeverEarly()
    {
        Invariants.ClockWentBack = true;
        await EveryAsync(Duration.FromSeconds(1));
        var node = Process();
        var random = new Random(20260302);
        var slots = new List<Instant>();
        for (var n = 0; n < 1_000; n++)
        {
            Advance(Duration.FromMilliseconds(random.Next(20, 400)));
            Clock.Jump(TimeSpan.FromMilliseconds(random.Next(-300, 301)));
            var claim = await node.ClaimAsync();
            Assert.All(claim.Runs, run => Assert.True(run.DueAt <= Now, $"{run.DueAt} at {Now}"));
            slots.AddRange(claim.Runs.Select(static run => run.Slots!.Value.Last));
            await node.SucceedAllAsync();
        }

        Assert.True(slots.Count > 100);
        Assert.Equal(slots.Distinct().Order(), slots);
    }

    [Fact]
    public async Task Claim_ClockGoesBackTwoHours_NothingRunsAgain()
    {
        await EveryAsync(Duration.FromMinutes(10));
        var node = Process();
        Advance(Duration.FromMinutes(10));
        var run = await node.ClaimOneAsync();
        await node.SucceedAsync(run);

        Clock.Jump(TimeSpan.FromHours(-2));

        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Equal(run.DueAt + Duration.FromMinutes(10), (await node.ClaimAsync()).NextWake);
        AdvanceTo(run.DueAt + Duration.FromMinutes(10));
        Assert.Equal(Now, (await node.ClaimOneAsync()).DueAt);
    }

    [Fact]
    public async Task History_ClockGoesBack_StillFindsAndPagesEverything()
    {
        Invariants.ClockWentBack = true;
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var node = Process();
        var ids = new List<ExecutionId>();
        for (var n = 0; n < 12; n++)
        {
            Advance(Duration.FromSeconds(1));
            ids.Add((await Acme.RunNowAsync("job")).Id);
            var run = await node.ClaimOneAsync();
            if (n == 6)
                Clock.Jump(TimeSpan.FromHours(-2));
            await node.SucceedAsync(run);
        }

        foreach (var id in ids)
            Assert.Equal(id, (await ReadAsync(id)).Id);
        var seen = new List<ExecutionId>();
        for (Page<Execution>? page = null; page is null || page.HasNextPage;)
        {
            page = await Acme.Executions.ListAsync(new ExecutionQuery { PageSize = 5, Cursor = page?.Cursor });
            seen.AddRange(page.Items.Select(static row => row.Id));
        }
        Assert.Equal(ids.Order().Reverse(), seen);
    }

    [Fact]
    public async Task Claim_ClockJumpsAhead_IsOneCatchUp()
    {
        await EveryAsync(Duration.FromMinutes(1));
        var node = Process();

        Clock.Jump(TimeSpan.FromHours(1));

        Assert.Equal(60, (await node.ClaimOneAsync()).Slots?.Count);
        Assert.Empty((await node.ClaimAsync()).Runs);
    }
}
