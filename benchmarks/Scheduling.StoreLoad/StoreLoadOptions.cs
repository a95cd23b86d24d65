using System.Globalization;

namespace Scheduling.Load;

/// <summary>What to measure and how much.</summary>
internal sealed record StoreLoadOptions
{
    public const string Usage = """
        dotnet run -c Release --project benchmarks/Scheduling.StoreLoad -- [options]
          --jobs N        due jobs of each burst (default 100000)
          --seconds N     length of each lateness measurement (default 10)
          --stored N,N    numbers of stored jobs for the cost of a claim (default 10000,1000000; 10000000 takes long)
          --overdue N     overdue jobs of the greedy tenant (default 200000)
          --only A,B      measurements: sqlite, sqlite-loop, postgresql, bare, quartz, lateness, run-now, idle, stored, fairness, limit, snapshot;
                          and, only when asked for, postgresql-one: one node, three times; statements: the server's time by statement
        """;

    public int Jobs { get; init; } = 100_000;

    public int Seconds { get; init; } = 10;

    public IReadOnlyList<int> Stored { get; init; } = [10_000, 1_000_000];

    public int Overdue { get; init; } = 200_000;

    public IReadOnlyList<string> Only { get; init; } = [];

    public bool Includes(string measurement) => Only.Count == 0 || Only.Contains(measurement, StringComparer.Ordinal);

    public static StoreLoadOptions Parse(IReadOnlyList<string> args)
    {
        var options = new StoreLoadOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count)
                throw new FormatException($"{args[i]} needs a value.\n{Usage}");
            options = args[i] switch
            {
                "--jobs" => options with { Jobs = Number(args[i + 1]) },
                "--seconds" => options with { Seconds = Number(args[i + 1]) },
                "--overdue" => options with { Overdue = Number(args[i + 1]) },
                "--stored" => options with { Stored = [.. args[i + 1].Split(',').Select(Number)] },
                "--only" => options with { Only = args[i + 1].Split(',') },
                _ => throw new FormatException($"{args[i]} is unknown.\n{Usage}"),
            };
        }
        return options;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
        ? value
        : throw new FormatException($"'{text}' is no positive whole number.\n{Usage}");
}
