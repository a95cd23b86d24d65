namespace Scheduling.Architecture.Tests.Source;

internal static class Violations
{
    /// <summary>Fails with every violation in full; a list's own message would cut each after fifty characters.</summary>
    public static void None(IEnumerable<string> violations)
    {
        var all = violations.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} violations:\n{string.Join('\n', all.Take(100))}");
    }
}
