using System.Globalization;
using Scheduling.PostgreSql;
using Scheduling.Sqlite;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>What a node process is told.</summary>
internal sealed record NodeSettings
{
    /// <summary><c>postgresql</c> or <c>sqlite</c>.</summary>
    public required string Store { get; init; }

    public required string Connection { get; init; }

    public string Schema { get; init; } = "scheduling";

    /// <summary>Another store of the same kind, full of due jobs, that the node empties before it is ready, so that no compiler works while it is measured: a schema, or a connection string of SQLite. Empty for none.</summary>
    public string Warm { get; init; } = "";

    public int Places { get; init; } = 256;

    /// <summary>How long each run takes, in milliseconds; 0 for no time at all.</summary>
    public int WorkMilliseconds { get; init; }

    public IEnumerable<string> ToWords() =>
        ["node", Store, Connection, Schema, Places.ToString(CultureInfo.InvariantCulture), WorkMilliseconds.ToString(CultureInfo.InvariantCulture), Warm];

    public static NodeSettings Read(IReadOnlyList<string> words) => new()
    {
        Store = words[1],
        Connection = words[2],
        Schema = words[3],
        Places = int.Parse(words[4], CultureInfo.InvariantCulture),
        WorkMilliseconds = int.Parse(words[5], CultureInfo.InvariantCulture),
        Warm = words[6],
    };

    /// <summary>The same node on the store to warm up with; null for none.</summary>
    public NodeSettings? ForWarmUp() => Warm switch
    {
        "" => null,
        _ when Store is "sqlite" => this with { Connection = Warm, WorkMilliseconds = 0, Warm = "" },
        _ => this with { Schema = Warm, WorkMilliseconds = 0, Warm = "" },
    };

    public ISchedulingStore Open() => Store switch
    {
        "sqlite" => new SqliteStore(Connection),
        _ => new PostgreSqlStore(Connection, new PostgreSqlStoreOptions { Schema = Schema }),
    };
}
