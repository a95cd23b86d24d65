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

    public int Places { get; init; } = 256;

    /// <summary>How long each run takes, in milliseconds; 0 for no time at all.</summary>
    public int WorkMilliseconds { get; init; }

    public IEnumerable<string> ToWords() =>
        ["node", Store, Connection, Schema, Places.ToString(CultureInfo.InvariantCulture), WorkMilliseconds.ToString(CultureInfo.InvariantCulture)];

    public static NodeSettings Read(IReadOnlyList<string> words) => new()
    {
        Store = words[1],
        Connection = words[2],
        Schema = words[3],
        Places = int.Parse(words[4], CultureInfo.InvariantCulture),
        WorkMilliseconds = int.Parse(words[5], CultureInfo.InvariantCulture),
    };

    public ISchedulingStore Open() => Store switch
    {
        "sqlite" => new SqliteStore(Connection),
        _ => new PostgreSqlStore(Connection, new PostgreSqlStoreOptions { Schema = Schema }),
    };
}
