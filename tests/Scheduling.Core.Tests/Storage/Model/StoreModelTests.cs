using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Storage.Model;

/// <summary>
/// Random scenarios of people, processes and crashes against the in-memory store and the model of its promise. A failure prints the scenario, its shrunk form and the seed (FsCheck's replay).
/// <c>SCHEDULING_LONG_CASES=100000</c> in the environment makes a long run of it.
/// </summary>
public class StoreModelTests
{
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("SCHEDULING_LONG_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) ? cases : 60;

    [Fact]
    public void Promise_AnyScenario_IsKept() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(ModelGen.Scenario(120), static scenario => Run(scenario)));

    private static void Run(ModelCommand[] scenario)
    {
        var clock = new ManualTimeProvider();
        var store = new InMemoryStore(clock);
        var running = new StoreModel(store, clock).RunAsync(scenario);
        Assert.True(running.IsCompleted, "The in-memory store answers at once."); // so the property needs no waiting
        running.GetAwaiter().GetResult();
        MemoryInvariants.Check(store.State);
    }
}
