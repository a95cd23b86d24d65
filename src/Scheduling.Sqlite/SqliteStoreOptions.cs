namespace Scheduling.Sqlite;

/// <summary>Settings of a SQLite store. Every default is right for most programs.</summary>
/// <remarks>Read once, when the store is made.</remarks>
public sealed class SqliteStoreOptions
{
    /// <summary>What a commit survives. Default <see cref="SqliteDurability.Full"/>.</summary>
    public SqliteDurability Durability { get; set; } = SqliteDurability.Full;

    /// <summary>How long a write waits for another process's write before it fails as <see cref="SqliteProblem.Busy"/>; 0 - 60 s, default 8 s, which is less than the deadline of a store call.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How many connections read beside the one that writes, each on a thread of its own that is started when it is needed; 1-64, default 2.</summary>
    public int Readers { get; set; } = 2;

    /// <summary>How often the store looks whether another process has put work into the file; 10 ms - 60 s, default 100 ms. A look that finds nothing reads a few bytes of shared memory.</summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most memory for pages of the file that the writer keeps, in MiB; 1-65,536, default 64. Each reader keeps at most an eighth of it.</summary>
    public int CacheMegabytes { get; set; } = 64;

    /// <summary>The most pages of the file, for tests of a full disk.</summary>
    internal int? MaximumPages { get; set; }

    /// <summary>The network file system that the file is said to lie on, for tests without one; null to ask the operating system.</summary>
    internal string? NetworkFileSystem { get; set; }

    internal void Check()
    {
        CheckChoice(nameof(Durability), Durability);
        CheckSpan(nameof(BusyTimeout), BusyTimeout, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        CheckSpan(nameof(WatchInterval), WatchInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(60));
        CheckCount(nameof(Readers), Readers, 64);
        CheckCount(nameof(CacheMegabytes), CacheMegabytes, 65_536);
    }

    private static void CheckChoice(string name, SqliteDurability value)
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value:D}: Full or Normal is allowed.");
    }

    private static void CheckSpan(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value:c}: {least:c} - {most:c} is allowed.");
    }

    private static void CheckCount(string name, int value, int most)
    {
        if (value < 1 || value > most)
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} is {value}: 1-{most} is allowed."));
    }
}
