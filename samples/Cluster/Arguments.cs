using System.Globalization;

namespace ClusterSample;

/// <summary>What the command line says.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        Runs a cluster of worker processes on one PostgreSQL and counts what became of every due slot.

          --workers N        worker processes, 1-64 (default 4)
          --tenants N        tenants, 1-1000 (default 20)
          --jobs N           jobs of each tenant, 1-100 (default 5)
          --for SECONDS      how long jobs are due, 5-86400 (default 30)
          --chaos            kills a worker now and then, and starts it again
          --seed N           of the chaos (default: any; printed)
          --connection TEXT  a PostgreSQL connection string (default: a server of its own in a temporary folder)
          --help

        Its last line is: N slots due: N done, N skipped, N missed, N doubled, N lost
        """;

    public int Workers { get; init; } = 4;

    public int Tenants { get; init; } = 20;

    public int Jobs { get; init; } = 5;

    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(30);

    public bool Chaos { get; init; }

    public int? Seed { get; init; }

    public string? Connection { get; init; }

    public bool Help { get; init; }

    /// <summary>The node's name when this process is a worker; null in the supervisor.</summary>
    public string? Worker { get; init; }

    /// <exception cref="FormatException">An argument is unknown or out of its range; the message names it.</exception>
    public static Arguments Read(IReadOnlyList<string> args)
    {
        var read = new Arguments();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            read = args[i] switch
            {
                "--workers" => read with { Workers = Number("--workers", Value(), 1, 64) },
                "--tenants" => read with { Tenants = Number("--tenants", Value(), 1, 1_000) },
                "--jobs" => read with { Jobs = Number("--jobs", Value(), 1, 100) },
                "--for" => read with { For = TimeSpan.FromSeconds(Number("--for", Value().TrimEnd('s'), 5, 86_400)) },
                "--seed" => read with { Seed = Number("--seed", Value(), 0, int.MaxValue) },
                "--connection" => read with { Connection = Value() },
                "--worker" => read with { Worker = Value() },
                "--chaos" => read with { Chaos = true },
                "--help" or "-h" => read with { Help = true },
                var unknown => throw new FormatException($"'{unknown}' is unknown."),
            };
        }
        return read;
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}': give {least}-{most}."));
}
