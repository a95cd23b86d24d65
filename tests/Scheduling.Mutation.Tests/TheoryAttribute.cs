namespace Scheduling;

/// <summary>What <c>[Theory]</c> means to the tests compiled into this project; see <see cref="FactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryAttribute : FactAttribute;
