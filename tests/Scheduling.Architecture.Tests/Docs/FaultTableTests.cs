using System.Text.RegularExpressions;
using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Docs;

/// <summary>docs/faults.md names a test for every fault that the library must live through, and each of them is there.</summary>
public sealed partial class FaultTableTests
{
    /// <summary>The faults that have to be answered, by the letter of their kind.</summary>
    private static readonly (string Kind, int[] Numbers)[] Faults =
    [
        ("A", [13, 14, 23, 24, 27, 29, 30, 31]),
        ("B", [.. Enumerable.Range(1, 21), 23, 24, 25]),
        ("C", [.. Enumerable.Range(1, 29), 31]),
        ("D", [.. Enumerable.Range(1, 22)]),
        ("E", [.. Enumerable.Range(1, 12)]),
        ("F", [.. Enumerable.Range(1, 6)]),
        ("G", [6, 10]),
    ];

    private static readonly Lazy<Dictionary<string, string[]>> Tests = new(() => Repository.Files(Repository.PathOf("tests"), ".cs")
        .GroupBy(static file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.Select(File.ReadAllText).ToArray(), StringComparer.Ordinal));

    private static readonly Lazy<List<string[]>> Rows = new(() => File.ReadAllLines(Repository.PathOf("docs", "faults.md"))
        .Where(static line => RowStart().IsMatch(line))
        .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
        .ToList());

    [Fact]
    public void Table_EveryFault_HasOneRowInOrder() =>
        Assert.Equal(Faults.SelectMany(static kind => kind.Numbers.Select(number => $"{kind.Kind}{number}")), Rows.Value.Select(static row => row[0]));

    [Fact]
    public void Table_EveryRow_NamesATestOrSaysWhyNot() =>
        Violations.None(Rows.Value.Where(static row => row.Length != 3 || !(NamedTest().IsMatch(row[2]) || row[2].StartsWith("No test: ", StringComparison.Ordinal))).Select(static row => $"{row[0]} names no test"));

    [Fact]
    public void Table_EveryNamedTest_IsThere() =>
        Violations.None(Rows.Value.SelectMany(static row => NamedTest().Matches(row[2]).Select(named => (Fault: row[0], Class: named.Groups["class"].Value, Method: named.Groups["method"].Value)))
            .Where(static named => !IsTest(named.Class, named.Method))
            .Select(static named => $"{named.Fault}: there is no test {named.Class}.{named.Method}"));

    private static bool IsTest(string name, string method) =>
        Tests.Value.TryGetValue(name, out var files)
        && files.Any(file => Regex.IsMatch(file, $@"\[(Fact|Theory)[^\r\n]*\](?:(?!public ).)*public (static )?(async )?(Task|void) {method}\(", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)));

    [GeneratedRegex(@"^\| [A-G]\d+ \|", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RowStart();

    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamedTest();
}
