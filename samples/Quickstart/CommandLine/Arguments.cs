using NodaTime;

namespace Quickstart.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    /// <summary>One day a minute.</summary>
    public const int DefaultSpeed = 1_440;

    /// <summary>One week a minute: beyond it the window of a pinned hour is a third of a real second, which a busy machine may well miss.</summary>
    public const int HighestSpeed = 10_080;

    public static readonly TimeSpan LongestFor = TimeSpan.FromDays(7);

    public const string Usage = """
        Runs the jobs of a file with the scheduler, on a clock that runs fast.

        Usage: dotnet run --project samples/Quickstart -- [options]

          --for TIME     stop after this real time: 30s, 5m, 2h (default: until Ctrl+C)
          --speed N      how many times faster than real time, 1 to 10080 (default: 1440, one day a minute)
          --start TIME   what the clock shows at first: now, 2026-03-01 or 2026-03-01T18:00Z
                         (default: now with --speed 1, else the next Saturday, 18:00 UTC)
          --jobs FILE    the jobs (default: the jobs.json beside the program)
          --store FILE   where jobs and history are kept, in SQLite: the next start goes on with it; or
                         memory (default: quickstart.db here; with --jobs my.json it is my.db)
          --plain        a line for each run instead of the live table; so it is anyway when the output is
                         not a terminal, or with NO_COLOR or TERM=dumb
          --help         this text

        The clock of a store that has a history goes on where that ends.
        Ends with 0, or with 2 when the options or the jobs are not right: then nothing was started.
        Ends with 1 when a slot was lost or doubled, which is never.
        """;

    private static readonly string OwnJobs = Path.Combine(AppContext.BaseDirectory, "jobs.json");

    public int Speed { get; init; } = DefaultSpeed;

    /// <summary>When to stop by itself, in real time; null for never.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>What the clock shows at first; null for the default.</summary>
    public Instant? Start { get; init; }

    /// <summary>Whether the clock begins at the present, whatever the speed.</summary>
    public bool StartsNow { get; init; }

    public string JobsPath { get; init; } = OwnJobs;

    /// <summary>What <c>--store</c> says; null for the default.</summary>
    public string? Store { get; init; }

    /// <summary>The SQLite file; null for memory. Each file of jobs has one of its own, so that one's jobs do not run with another's.</summary>
    public string? StorePath => Store switch
    {
        "memory" => null,
        { } given => given,
        null when string.Equals(JobsPath, OwnJobs, StringComparison.Ordinal) => "quickstart.db",
        null => Path.GetFileNameWithoutExtension(JobsPath) + ".db",
    };

    public bool Plain { get; init; }

    public bool Help { get; init; }

    /// <summary>What the clock shows at first. A fast one begins on a Saturday evening: within half a minute midnight passes and Sunday begins, which most jobs of the file wait for.</summary>
    public Instant StartFrom(Instant now)
    {
        if (Start is { } given)
            return given;
        if (StartsNow || Speed == 1)
            return now;
        return now.InUtc().Date.With(DateAdjusters.NextOrSame(IsoDayOfWeek.Saturday)).At(new LocalTime(18, 0)).InUtc().ToInstant();
    }
}
