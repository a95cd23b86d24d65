using System.Globalization;
using Npgsql;
using Scheduling.PostgreSql.Connections;

namespace Scheduling.PostgreSql.Schema;

/// <summary>Makes the schema what this version needs: all steps in one transaction, under a lock that ends with it, so that any number of nodes may start at once.</summary>
internal sealed class SchemaMigrator(Database database)
{
    private readonly string _schema = database.Options.Schema;

    /// <summary>The statement that takes the lock of the schema's migrations.</summary>
    public static string LockText(string schema) =>
        string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({SqlTexts.LockClass}, hashtext('{schema.Replace("'", "''", StringComparison.Ordinal)}'))");

    public async ValueTask RunAsync(CancellationToken ct)
    {
        try
        {
            if (!IsReady(await database.RunBareAsync(ReadVersionAsync, ct).ConfigureAwait(false)))
                await database.RunBareAsync(MigrateAsync, ct).ConfigureAwait(false);
        }
        catch (PostgresException denied) when (IsDenied(denied))
        {
            throw Denied(denied);
        }
    }

    /// <summary>The same on the calling thread.</summary>
    public void RunHere()
    {
        try
        {
            if (!IsReady(database.RunBareHere(ReadVersionAsync)))
                database.RunBareHere(MigrateAsync);
        }
        catch (PostgresException denied) when (IsDenied(denied))
        {
            throw Denied(denied);
        }
    }

    /// <returns>Whether nothing is to be done; false when it must be made, and may be.</returns>
    private bool IsReady(int? version)
    {
        if (version is { } found && Check(found))
            return true;
        return database.Options.MigratesSchema
            ? false
            : throw Refused(version, $"The schema {Name} is missing or older than this version needs ({PostgreSqlSchema.Version}), and MigratesSchema is off. Run the script of PostgreSqlSchema.GetScript(\"{_schema}\").");
    }

    private static bool IsDenied(PostgresException failure) => string.Equals(failure.SqlState, PostgresErrorCodes.InsufficientPrivilege, StringComparison.Ordinal);

    private PostgreSqlSchemaException Denied(PostgresException cause) => new(RightsText(), found: null, PostgreSqlSchema.Version, cause);

    private string Name => SqlTexts.Quote(_schema);

    private async Task<int?> ReadVersionAsync(StoreTransaction transaction, CancellationToken ct)
    {
        // Not to_regclass: that may answer from what the session knew before it waited for the lock, and the winner's tables would be made a second time.
        const string exists = "select exists (select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = 'migrations')";
        var reader = await transaction.Batch().AddText(exists, Param.Text(_schema)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadAsync(ct).ConfigureAwait(false);
            if (!reader.Row.BoolAt(0))
                return null;
        }
        reader = await transaction.Batch().AddText($"select max(version) from {Name}.migrations").ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await reader.ReadAsync(ct).ConfigureAwait(false) ? reader.Row.IntOrNull() : null;
    }

    private async Task<bool> MigrateAsync(StoreTransaction transaction, CancellationToken ct)
    {
        await transaction.Batch().AddText(LockText(_schema)).ExecuteAsync(ct).ConfigureAwait(false);
        var version = await ReadVersionAsync(transaction, ct).ConfigureAwait(false);
        if (version is { } found && Check(found))
            return false;
        await transaction.Batch().AddScript("bookkeeping").ExecuteAsync(ct).ConfigureAwait(false);
        foreach (var migration in Migration.All.Where(one => one.Version > (version ?? 0)))
        {
            await transaction.Batch()
                .AddScript(migration.File)
                .AddText($"insert into {Name}.migrations (version, name) values ($1, $2)", Param.Int(migration.Version), Param.Text(migration.File))
                .ExecuteAsync(ct).ConfigureAwait(false);
        }
        await transaction.Batch().Commit().ExecuteAsync(ct).ConfigureAwait(false);
        return true;
    }

    /// <returns>Whether the version is the one needed.</returns>
    private bool Check(int found) => found <= PostgreSqlSchema.Version
        ? found == PostgreSqlSchema.Version
        : throw Refused(found, $"The schema {Name} has version {found}, and this version of the library knows {PostgreSqlSchema.Version}: a newer node has migrated it. Update this node; nothing was changed.");

    private static PostgreSqlSchemaException Refused(int? found, string message) => new(message, found, PostgreSqlSchema.Version);

    private string RightsText() =>
        $"The database user lacks a right on the schema {Name}. To let the store make its schema: grant create on database <name> to <user>. "
        + $"To make it yourself: run the script of PostgreSqlSchema.GetScript(\"{_schema}\") as its owner, then: grant usage on schema {Name} to <user>; "
        + $"grant select, insert, update, delete on all tables in schema {Name} to <user>. The cause has the right that PostgreSQL named.";
}
