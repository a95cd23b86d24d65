using FsCheck;
using FsCheck.Fluent;

namespace Scheduling.Promise;

/// <summary>Looks for a planted bug with random scenarios of a fixed seed, one after the other.</summary>
public static class MutantHunt
{
    // What FsCheck starts its own runs with; the scenarios of a seed are the same everywhere.
    private const int Size = 50;

    /// <summary>Runs scenarios until one breaks the promise.</summary>
    /// <param name="mutant">The bug.</param>
    /// <param name="seed">The seed of the scenarios.</param>
    /// <param name="cases">How many to try at most.</param>
    /// <returns>Which one found it, from 1, and how; null when none did.</returns>
    public static async Task<(int Case, string How)?> FindAsync(PromiseMutant mutant, int seed, int cases)
    {
        var scenarios = PromiseGen.Scenario(40).Generator.Sample(numberOfSamples: cases, seed: new Rnd((ulong)(uint)seed), size: Size);
        var tried = 0;
        foreach (var scenario in scenarios)
        {
            tried++;
            await using var model = new PromiseModel(scenario, (clock, skewOf) => MutantStore.Create(mutant, clock, skewOf), mutant == PromiseMutant.RenewalOnPool);
            try
            {
                await model.RunAsync();
            }
            catch (PromiseBrokenException broken)
            {
                return (tried, broken.InnerException!.Message);
            }
        }
        return null;
    }
}
