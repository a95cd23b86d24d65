using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Tests.Running;

/// <summary>The state tells of each change once, and of an outage as one, whatever part of the engine's calls it hits.</summary>
public class EngineStateKeeperTests
{
    /// <summary>t and T: a tick that went well and one that failed; r and R: a renewal; s: the stop begins; e: it has ended. Then what is told: R(unning), U(navailable), S(topping), E(nd).</summary>
    [Theory]
    [InlineData("tttrrr", "R")]
    [InlineData("TTT", "U")]
    [InlineData("tTTtt", "RUR")]
    [InlineData("tRtRtRtRtrt", "RUR")]
    [InlineData("tRTtrt", "RUR")]
    [InlineData("tTRrTtr", "RUR")]
    [InlineData("tTrTt", "RUR")]
    [InlineData("tTRtr", "RUR")]
    [InlineData("trtr", "R")]
    [InlineData("tRsrtRe", "RUSE")]
    [InlineData("tseTtRr", "RSE")]
    public void Change_OfTicksAndRenewals_IsToldOnce(string calls, string told)
    {
        var events = new RecordedEvents();
        var state = new EngineStateKeeper(events);

        foreach (var call in calls)
            Do(state, call);

        Assert.Equal(told, string.Concat(events.States.Select(static change => Letter(change.State))));
        Assert.All(events.States, static change => Assert.Equal(change.State == EngineState.StoreUnavailable, change.Cause is not null));
    }

    [Fact]
    public void LastFailure_WhileOnlyRenewalsFail_IsTheirs()
    {
        var state = new EngineStateKeeper(new RecordedEvents());
        var (tick, renewal) = (new IOException("tick"), new IOException("renewal"));
        state.Failed(tick);
        state.RenewalFailed(renewal);
        Assert.Same(tick, state.LastFailure);

        state.Reached();

        Assert.Equal((EngineState.StoreUnavailable, renewal), (state.State, state.LastFailure));
        state.Renewed();
        Assert.Equal((EngineState.Running, null), (state.State, state.LastFailure));
    }

    /// <summary>The run ends while renewals fail: they are tried on until one goes well, so that the state neither lies nor stays for ever; then they rest, as they should with nothing to renew for.</summary>
    [Fact]
    public async Task Renewals_FailAndTheRunEnds_AreTriedUntilOneGoesWell()
    {
        FaultyStore? store = null;
        await using var harness = new EngineHarness(wrap: memory => store = new FaultyStore(memory));
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(executors: [harness.Blocking("work", gate)]);
        var renewals = 0;
        var isDown = true;
        store!.Fails = (call, when) =>
        {
            if (call == "renew" && when == FaultyStore.Before)
                renewals++;
            return call == "renew" && isDown;
        };
        await harness.Acme.CreateAsync(new JobDefinition { Key = "j", Executor = "work", Schedule = Schedule.Once(EngineHarness.Start) });
        await harness.RunForAsync(Duration.FromSeconds(11));
        gate.SetResult();
        await harness.RunForAsync(Duration.FromMinutes(2));

        Assert.Equal((0, EngineState.StoreUnavailable), (node.Engine.Snapshot().Active, node.Engine.Snapshot().State));
        Assert.InRange(renewals, 12, 14);
        isDown = false;
        await harness.RunForAsync(Duration.FromSeconds(11));
        Assert.Equal([EngineState.Running, EngineState.StoreUnavailable, EngineState.Running], node.Events.States.Select(static change => change.State));
        var before = renewals;
        await harness.RunForAsync(Duration.FromMinutes(5));
        Assert.Equal(before, renewals);
    }

    private static void Do(EngineStateKeeper state, char call)
    {
        switch (call)
        {
            case 't':
                state.Reached();
                break;
            case 'T':
                state.Failed(new IOException("tick"));
                break;
            case 'r':
                state.Renewed();
                break;
            case 'R':
                state.RenewalFailed(new IOException("renewal"));
                break;
            case 's':
                state.Stopping();
                break;
            default:
                state.Stopped();
                break;
        }
    }

    private static char Letter(EngineState state) => state switch
    {
        EngineState.Running => 'R',
        EngineState.StoreUnavailable => 'U',
        EngineState.Stopping => 'S',
        _ => 'E',
    };
}
