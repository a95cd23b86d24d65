using System.Globalization;
using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>The numbered steps that make the schema. Each is applied once, all that are missing in one transaction.</summary>
internal static class Migrations
{
    private const string Prefix = "Schema.";

    private const string Ledger = """
        CREATE TABLE IF NOT EXISTS migrations (
            number INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            applied_at INTEGER NOT NULL
        ) STRICT;
        """;

    private static readonly Migration[] All =
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(static name => new Migration(int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name[(Prefix.Length + 5)..], SqlText.Read(name))),
    ];

    public static int Latest => All[^1].Number;

    /// <summary>Everything as one script, for people who want to look at it or apply it themselves.</summary>
    public static string Script => string.Join("\n", All
        .Select(static step => string.Create(CultureInfo.InvariantCulture, $"-- Migration {step.Number}: {step.Name}\n{step.Sql}\nINSERT INTO migrations (number, name, applied_at) VALUES ({step.Number}, '{step.Name}', 0);\n"))
        .Prepend(Ledger + "\n")
        .Prepend("BEGIN IMMEDIATE;\n")
        .Append("COMMIT;\n"));

    /// <summary>Brings the file up to date.</summary>
    /// <exception cref="SqliteStoreException">The schema is newer than this package, or the file has tables of somebody else.</exception>
    public static void Apply(Connection connection, Instant now)
    {
        if (Applied(connection) == Latest)
            return;
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            ApplyMissing(connection, now);
            connection.Run("COMMIT");
        }
        catch
        {
            if (connection.IsInTransaction)
                connection.Run("ROLLBACK");
            throw;
        }
    }

    private static void ApplyMissing(Connection connection, Instant now)
    {
        var applied = Applied(connection);
        connection.RunScript(Ledger);
        foreach (var step in All.Where(step => step.Number > applied))
        {
            try
            {
                connection.RunScript(step.Sql);
            }
            catch (SqliteStoreException broken) when (broken.Problem == SqliteProblem.Other)
            {
                throw new SqliteStoreException(SqliteProblem.Schema, connection.Path, broken.ErrorCode, $"Migration {step.Number} of the SQLite file '{connection.Path}' failed, and nothing was changed: {broken.Message} Does the file belong to another program? Give the scheduler one of its own.");
            }
            connection.Query("migrations_insert").Bind((long)step.Number).Bind(step.Name).Bind(now).Run();
        }
    }

    private static int Applied(Connection connection)
    {
        if (connection.Query("migrations_exist").ReadSingle() is null)
            return 0;
        var number = (int)(connection.Query("migrations_latest").ReadSingle() ?? 0);
        return number <= Latest ? number : throw new SqliteStoreException(SqliteProblem.Schema, connection.Path, 0, string.Create(CultureInfo.InvariantCulture,
            $"The SQLite file '{connection.Path}' has schema {number}, and this version of the package knows {Latest}: update the package. Nothing was changed."));
    }

    private sealed record Migration(int Number, string Name, string Sql);
}
