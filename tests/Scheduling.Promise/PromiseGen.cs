using FsCheck;
using FsCheck.Fluent;

namespace Scheduling.Promise;

/// <summary>Random scenarios, and smaller ones of a scenario that failed.</summary>
internal static class PromiseGen
{
    private static readonly (int Weight, PromiseAction Action)[] Weights =
    [
        (4, PromiseAction.Create), (3, PromiseAction.Reschedule), (3, PromiseAction.Pause), (3, PromiseAction.Resume), (8, PromiseAction.RunNow), (3, PromiseAction.Cancel), (1, PromiseAction.Delete),
        (34, PromiseAction.Advance), (2, PromiseAction.AddNode), (3, PromiseAction.Kill), (3, PromiseAction.KillInCall), (6, PromiseAction.Freeze), (6, PromiseAction.Thaw), (2, PromiseAction.Stop),
        (6, PromiseAction.LoseAnswers), (3, PromiseAction.HangCalls), (3, PromiseAction.CallsComeLate), (2, PromiseAction.Outage), (5, PromiseAction.Heal), (3, PromiseAction.SkewNode),
        (3, PromiseAction.StepClock), (3, PromiseAction.Starve),
    ];

    private static Gen<PromiseCommand> Command =>
        from action in Gen.Frequency(Weights.Select(static w => (w.Weight, Gen.Constant(w.Action))))
        from which in Gen.Choose(0, 11)
        from amount in Gen.Choose(0, 99)
        select new PromiseCommand(action, which, amount);

    public static Arbitrary<PromiseScenario> Scenario(int length) => Arb.From(
        from seed in Gen.Choose(0, 1_000_000)
        from jobs in Gen.Choose(1, 4)
        from first in Gen.ArrayOf(Gen.Choose(0, 99).Select(static n => new PromiseCommand(PromiseAction.Create, n % 12, n)), jobs)
        from rest in Gen.ArrayOf(Command, length)
        select new PromiseScenario(seed, [.. first, .. rest]),
        Shrink);

    /// <summary>Leaves out halves, then quarters, down to single steps.</summary>
    private static IEnumerable<PromiseScenario> Shrink(PromiseScenario scenario)
    {
        var commands = scenario.Commands;
        for (var size = commands.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= commands.Length; from += size)
                yield return scenario with { Commands = [.. commands[..from], .. commands[(from + size)..]] };
        }
    }
}
