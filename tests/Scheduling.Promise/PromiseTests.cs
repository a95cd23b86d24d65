using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduling.Conformance;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Promise;

/// <summary>
/// Random scenarios of people, nodes and faults against one store and the model of the promise. A failure prints the scenario, its shrunk form, FsCheck's replay and the transcript.
/// <c>SCHEDULING_LONG_CASES=10000</c> in the environment makes a long run of it, <c>SCHEDULING_SEED=7</c> one whose scenarios are the same every time,
/// <c>SCHEDULING_SCENARIO="seed 1: Create(3,15) RunNow(2,39)"</c> does the one that was printed.
/// </summary>
/// <typeparam name="TStore">The store, as it answers the conformance suite.</typeparam>
public abstract class PromiseTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How many scenarios a short run has; a store that is far away takes fewer.</summary>
    protected virtual int ShortCases => 40;

    [Fact]
    public void Promise_AnyScenario_IsKept()
    {
        if (Environment.GetEnvironmentVariable("SCHEDULING_SCENARIO") is { Length: > 0 } printed)
        {
            Task.Run(() => RunAsync(PromiseScenario.Parse(printed))).GetAwaiter().GetResult();
            return;
        }
        var config = Config.QuickThrowOnFailure.WithMaxTest(TestSettings.LongCases ?? ShortCases);
        Check.One(
            TestSettings.Seed is { } seed ? config.WithReplay(new Replay(new Rnd((ulong)(uint)seed), null)) : config,
            Prop.ForAll(PromiseGen.Scenario(40), static scenario => Task.Run(() => RunAsync(scenario)).GetAwaiter().GetResult()));
    }

    private static async Task RunAsync(PromiseScenario scenario)
    {
        // One that hangs would never be named otherwise.
        await using var watch = TimeProvider.System.CreateTimer(static hanging => Console.Error.WriteLine($"Still at work: {hanging}"), scenario, Patience, Timeout.InfiniteTimeSpan);
        await using var fixture = new TStore();
        await using var model = new PromiseModel(scenario, (clock, _) => ReadyAsync(fixture, clock).GetAwaiter().GetResult());
        var since = Stopwatch.GetTimestamp();
        try
        {
            await model.RunAsync();
        }
        catch (PromiseBrokenException hung) when (Stopwatch.GetElapsedTime(since) > Patience)
        {
            // Smaller ones are tried next and hang too: what is known is told before.
            await Console.Error.WriteLineAsync(hung.Message);
            throw;
        }
    }

    private static async Task<ISchedulingStore> ReadyAsync(TStore fixture, TimeProvider clock)
    {
        var store = await fixture.CreateStoreAsync(clock);
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }
}
