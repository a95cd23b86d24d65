namespace Scheduling.Promise;

/// <summary>One step of a scenario. Which job or node, and how much, are numbers that any state can make sense of, so that a shrunk scenario is still one.</summary>
public readonly record struct PromiseCommand(PromiseAction Action, int Which, int Amount)
{
    public override string ToString() => FormattableString.Invariant($"{Action}({Which},{Amount})");
}
