namespace Scheduling.Core.Tests.Storage.Model;

/// <summary>One step of a scenario. Which job or process, and how much, are numbers that any state can make sense of, so that a shrunk scenario is still one.</summary>
internal readonly record struct ModelCommand(ModelAction Action, int Which, int Amount)
{
    public override string ToString() => FormattableString.Invariant($"{Action}({Which},{Amount})");
}
