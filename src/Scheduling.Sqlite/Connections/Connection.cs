using SQLitePCL;

namespace Scheduling.Sqlite;

/// <summary>One open connection with its prepared statements. Belongs to one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private const int Lookaside = 1001;
    private const int StablePlans = 1007;

    private readonly sqlite3 _db;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 db, string path) => (_db, Path) = (db, path);

    public string Path { get; }

    /// <summary>Whether a transaction is open. Some errors, such as a full disk, end it by themselves.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    public int Changes => raw.sqlite3_changes(_db);

    /// <exception cref="SqliteStoreException">The file cannot be opened.</exception>
    public static Connection Open(string path, int flags, int busyMilliseconds)
    {
        var code = raw.sqlite3_open_v2(path, out var db, flags | raw.SQLITE_OPEN_NOMUTEX, null!);
        if (code != raw.SQLITE_OK)
        {
            var message = db is null ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(db).utf8_to_string();
            db?.Dispose();
            throw SqliteErrors.Of(path, code, message);
        }
        raw.sqlite3_extended_result_codes(db, 1);
        raw.sqlite3_busy_timeout(db, busyMilliseconds);

        // A plan never depends on the values that are bound, so that no statement is planned again for them; and small memory comes from the connection's own store.
        raw.sqlite3_db_config(db, StablePlans, 1, out _);
        raw.sqlite3_db_config(db, Lookaside, 0, 512, 1_024);
        return new Connection(db, path);
    }

    /// <summary>The prepared statement of a query file; kept until the connection is closed.</summary>
    public Statement Query(string name)
    {
        if (_statements.TryGetValue(name, out var known))
            return known;
        return _statements[name] = Prepare(SqlText.Of(name));
    }

    /// <summary>Runs one short statement whose text is its own name, such as BEGIN; prepared once as well.</summary>
    public void Run(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = Prepare(sql);
        statement.Run();
    }

    /// <summary>Runs a text of several statements, unprepared.</summary>
    public void RunScript(string sql)
    {
        var code = raw.sqlite3_exec(_db, sql);
        if (code != raw.SQLITE_OK)
            throw Error(code);
    }

    /// <summary>Changes whenever another connection commits.</summary>
    public long DataVersion()
    {
        const string Sql = "PRAGMA data_version";
        if (!_statements.TryGetValue(Sql, out var statement))
            _statements[Sql] = statement = Prepare(Sql);
        return statement.ReadSingle() ?? 0;
    }

    /// <summary>Write-ahead logging: readers and the writer do not wait for each other. A file system without shared memory, such as a network share, cannot have it.</summary>
    public void EnterWal()
    {
        using var statement = Prepare("PRAGMA journal_mode = WAL");
        var mode = statement.Read() ? statement.NextText() : "";
        statement.Reset();
        if (!string.Equals(mode, "wal", StringComparison.OrdinalIgnoreCase))
            throw new SqliteStoreException(SqliteProblem.CannotOpen, Path, 0, $"The SQLite file '{Path}' cannot use write-ahead logging (its journal mode is '{mode}'): put it on a local disk, not on a network share.");
    }

    public SqliteStoreException Error(int code) => SqliteErrors.Of(Path, code, raw.sqlite3_errmsg(_db).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        _db.Dispose();
    }

    /// <summary>Prepares a statement for its caller, who disposes of it.</summary>
    public Statement Prepare(string sql)
    {
        var code = raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared);
        if (code != raw.SQLITE_OK)
            throw Error(code);
        return new Statement(this, prepared);
    }
}
