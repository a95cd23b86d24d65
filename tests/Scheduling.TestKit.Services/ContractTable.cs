using System.Reflection;
using System.Text.RegularExpressions;

namespace Scheduling.TestKit.Services;

/// <summary>A sample's README: which test shows which line of its contract.</summary>
public static partial class ContractTable
{
    /// <summary>The tests that the README names.</summary>
    public static IReadOnlyList<string> TestsOf(string sample)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Scheduling.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The repository's root was not found above the tests.");
        return [.. Name().Matches(File.ReadAllText(Path.Combine(root.FullName, "samples", sample, "README.md"))).Select(static match => match.Groups["test"].Value)];
    }

    /// <summary>The tests of an assembly, as the README names them.</summary>
    public static IEnumerable<string> TestsIn(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        select $"{type.Name.Split('`')[0]}.{method.Name}";

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();
}
