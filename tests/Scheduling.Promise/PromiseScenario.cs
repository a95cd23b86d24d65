namespace Scheduling.Promise;

/// <summary>What happens, one step after the other, and the seed of the order in which nodes and runs go on.</summary>
public sealed record PromiseScenario(int Seed, PromiseCommand[] Commands)
{
    public override string ToString() => FormattableString.Invariant($"seed {Seed}: {string.Join(' ', Commands)}");
}
