using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduling.Conformance;
using Scheduling.TestKit;

namespace Scheduling.Promise;

/// <summary>
/// Random scenarios of people, nodes and faults against one store and the model of the promise. A failure prints the scenario, its shrunk form, FsCheck's replay and the transcript.
/// <c>SCHEDULING_LONG_CASES=10000</c> in the environment makes a long run of it.
/// </summary>
/// <typeparam name="TStore">The store, as it answers the conformance suite.</typeparam>
public abstract class PromiseTests<TStore>
    where TStore : StoreFixture, new()
{
    /// <summary>How many scenarios a short run has; a store that is far away takes fewer.</summary>
    protected virtual int ShortCases => 40;

    [Fact]
    public void Promise_AnyScenario_IsKept() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(TestSettings.LongCases ?? ShortCases),
        Prop.ForAll(PromiseGen.Scenario(40), static scenario => Task.Run(() => RunAsync(scenario)).GetAwaiter().GetResult()));

    private static async Task RunAsync(PromiseScenario scenario)
    {
        await using var fixture = new TStore();
        await using var model = new PromiseModel(scenario, (clock, _) => fixture.CreateStoreAsync(clock).AsTask().GetAwaiter().GetResult());
        await model.RunAsync();
    }
}
