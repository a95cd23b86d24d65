using System.Globalization;

namespace Scheduling.Faults.Tests;

/// <summary>One line of what was really done.</summary>
internal sealed record RunLine
{
    public required bool IsEnd { get; init; }

    public required string Job { get; init; }

    public required string Slot { get; init; }

    public required string Execution { get; init; }

    public required int Attempt { get; init; }

    public required long Token { get; init; }

    public required string Node { get; init; }

    /// <summary>By the worker's own wall clock.</summary>
    public required DateTimeOffset At { get; init; }

    public static IReadOnlyList<RunLine> ReadAll(string folder) =>
        [.. Directory.GetFiles(folder).SelectMany(static file => ReadLines(file)).Select(static line => line.Split('\t')).Where(static parts => parts.Length == 9).Select(Parse)];

    private static string[] ReadLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static RunLine Parse(string[] parts) => new()
    {
        IsEnd = string.Equals(parts[0], "end", StringComparison.Ordinal),
        Job = $"{parts[1]}/{parts[2]}",
        Slot = parts[3],
        Execution = parts[4],
        Attempt = int.Parse(parts[5], CultureInfo.InvariantCulture),
        Token = long.Parse(parts[6], CultureInfo.InvariantCulture),
        Node = parts[7],
        At = DateTimeOffset.Parse(parts[8], CultureInfo.InvariantCulture),
    };
}
