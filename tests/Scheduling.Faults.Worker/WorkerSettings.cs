using Scheduling.PostgreSql;
using Scheduling.Sqlite;
using Scheduling.Storage;

namespace Scheduling.Faults;

/// <summary>What a worker is told on its command line, as <c>name=value</c> words.</summary>
public sealed record WorkerSettings
{
    public required string Node { get; init; }

    /// <summary><c>postgresql</c> or <c>sqlite</c>.</summary>
    public required string Store { get; init; }

    public required string Connection { get; init; }

    public string Schema { get; init; } = "scheduling";

    /// <summary>The folder of the files that every run writes a line to when it begins and when it ends: the truth about what was done, whatever the store says.</summary>
    public required string Log { get; init; }

    public int LeaseMilliseconds { get; init; } = 5_000;

    public int Places { get; init; } = 64;

    public KillPoint KillAt { get; init; }

    /// <summary>Whether it does not run jobs but only writes, see <see cref="WriteLoop"/>.</summary>
    public bool Writes { get; init; }

    public static WorkerSettings Read(IEnumerable<string> words)
    {
        var values = words.Select(static word => word.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        return new()
        {
            Node = values["node"],
            Store = values["store"],
            Connection = values["connection"],
            Schema = values["schema"],
            Log = values["log"],
            LeaseMilliseconds = int.Parse(values["lease"], System.Globalization.CultureInfo.InvariantCulture),
            Places = int.Parse(values["places"], System.Globalization.CultureInfo.InvariantCulture),
            KillAt = Enum.Parse<KillPoint>(values["kill"]),
            Writes = bool.Parse(values["writes"]),
        };
    }

    public IEnumerable<string> ToWords() =>
    [
        $"node={Node}", $"store={Store}", $"connection={Connection}", $"schema={Schema}", $"log={Log}",
        FormattableString.Invariant($"lease={LeaseMilliseconds}"), FormattableString.Invariant($"places={Places}"), $"kill={KillAt}", $"writes={Writes}",
    ];

    /// <summary>Opens the store.</summary>
    public ISchedulingStore OpenStore(TimeProvider time) => string.Equals(Store, "sqlite", StringComparison.Ordinal)
        ? new SqliteStore(Connection, options: null, time)
        : new PostgreSqlStore(Connection, new PostgreSqlStoreOptions { Schema = Schema });
}
