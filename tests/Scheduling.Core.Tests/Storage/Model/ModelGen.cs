using FsCheck;
using FsCheck.Fluent;

namespace Scheduling.Core.Tests.Storage.Model;

/// <summary>Random scenarios, and smaller ones of a scenario that failed.</summary>
internal static class ModelGen
{
    private static readonly (int Weight, ModelAction Action)[] Weights =
    [
        (4, ModelAction.Create), (2, ModelAction.Reschedule), (3, ModelAction.Pause), (3, ModelAction.Resume), (5, ModelAction.RunNow), (2, ModelAction.Cancel), (1, ModelAction.Delete),
        (20, ModelAction.Advance), (22, ModelAction.Claim), (18, ModelAction.Settle), (3, ModelAction.Crash), (6, ModelAction.Renew), (6, ModelAction.Sweep),
    ];

    private static Gen<ModelCommand> Command =>
        from action in Gen.Frequency(Weights.Select(static w => (w.Weight, Gen.Constant(w.Action))))
        from which in Gen.Choose(0, 11)
        from amount in Gen.Choose(0, 99)
        select new ModelCommand(action, which, amount);

    public static Arbitrary<ModelCommand[]> Scenario(int length) => Arb.From(
        from jobs in Gen.Choose(2, 4)
        from first in Gen.ArrayOf(Gen.Choose(0, 99).Select(static n => new ModelCommand(ModelAction.Create, n % 12, n)), jobs)
        from rest in Gen.ArrayOf(Command, length)
        select (ModelCommand[])[.. first, .. rest],
        Shrink);

    /// <summary>Leaves out halves, then quarters, down to single steps.</summary>
    private static IEnumerable<ModelCommand[]> Shrink(ModelCommand[] scenario)
    {
        for (var size = scenario.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= scenario.Length; from += size)
                yield return [.. scenario[..from], .. scenario[(from + size)..]];
        }
    }
}
