namespace Scheduling;

/// <summary>What <c>[Fact]</c> means to the tests compiled into this project: nothing to xunit, which then finds <see cref="Tests.EveryCheckTests"/> alone.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FactAttribute : Attribute;
