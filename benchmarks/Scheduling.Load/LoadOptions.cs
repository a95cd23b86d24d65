using System.Globalization;

namespace Scheduling.Load;

/// <summary>How much load to make.</summary>
internal sealed record LoadOptions
{
    /// <summary>Due jobs of a burst.</summary>
    public int Jobs { get; init; } = 500_000;

    /// <summary>Jobs to store for adding, memory and idle ticks.</summary>
    public int Stored { get; init; } = 1_000_000;

    /// <summary>How long each lateness measurement takes.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>How often each burst is measured; the median counts.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>How often each burst is made before that, unmeasured, ours and Quartz's alike.</summary>
    public int WarmUps { get; init; } = 2;

    /// <summary>Whose figures to take: stored, burst, quartz or lateness; null for all of them.</summary>
    public string? Only { get; init; }

    public bool Takes(string part) => Only is null || string.Equals(Only, part, StringComparison.Ordinal);

    public static LoadOptions Parse(string[] args)
    {
        var options = new LoadOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 < args.Length && string.Equals(args[i], "--only", StringComparison.Ordinal))
            {
                options = options with { Only = PartOf(args[i + 1]) };
                continue;
            }
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
                throw new ArgumentException($"{args[i]} needs a positive whole number.", nameof(args));
            options = args[i] switch
            {
                "--jobs" => options with { Jobs = value },
                "--stored" => options with { Stored = value },
                "--seconds" => options with { Seconds = value },
                "--rounds" => options with { Rounds = value },
                "--warm-ups" => options with { WarmUps = value },
                _ => throw new ArgumentException($"Unknown option {args[i]}: give --jobs, --stored, --seconds, --rounds, --warm-ups or --only.", nameof(args)),
            };
        }
        return options;
    }

    private static string PartOf(string name) => name is "stored" or "burst" or "quartz" or "lateness"
        ? name
        : throw new ArgumentException($"--only {name} is unknown: give stored, burst, quartz or lateness.", nameof(name));
}
