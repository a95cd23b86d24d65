using System.Data.Common;
using SQLitePCL;

namespace Scheduling.Sqlite;

/// <summary>The database file of a store: where it is, how it is opened, and whether it ever was. Thread-safe.</summary>
internal sealed class DatabaseFile
{
    // 64 MB: a page that is written again and again goes to the database once.
    private const int CheckpointPages = 16_384;

    private readonly Lock _gate = new();
    private FileIdentity? _opened;

    private DatabaseFile(string path, bool mayCreate, SqliteStoreOptions options) => (Path, MayCreate, Options) = (path, mayCreate, options);

    public string Path { get; }

    public SqliteStoreOptions Options { get; }

    /// <summary>Whether the schema was found or made since the file was opened last.</summary>
    public bool IsReady { get; set; }

    private bool MayCreate { get; }

    /// <summary>Reads a connection string such as <c>Data Source=scheduling.db</c>.</summary>
    /// <exception cref="ArgumentException">It has no data source, or a setting that this store does not have.</exception>
    public static DatabaseFile Of(string connectionString, SqliteStoreOptions options)
    {
        options.Check();
        var settings = new DbConnectionStringBuilder { ConnectionString = connectionString };
        string? path = null;
        var mayCreate = true;
        foreach (string name in settings.Keys!)
        {
            var value = settings[name].ToString()!;
            switch (name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant())
            {
                case "DATASOURCE" or "FILENAME":
                    path = value;
                    break;
                case "MODE" when value.Equals("ReadWriteCreate", StringComparison.OrdinalIgnoreCase):
                    break;
                case "MODE" when value.Equals("ReadWrite", StringComparison.OrdinalIgnoreCase):
                    mayCreate = false;
                    break;
                case "MODE":
                    throw new ArgumentException($"The SQLite store does not know Mode={value}: ReadWriteCreate and ReadWrite are allowed.", nameof(connectionString));
                default:
                    throw new ArgumentException($"The SQLite store does not know '{name}': give 'Data Source' and, to refuse a missing file, 'Mode=ReadWrite'; all else is in SqliteStoreOptions.", nameof(connectionString));
            }
        }
        return new DatabaseFile(PathOf(path), mayCreate, options);
    }

    /// <summary>Opens the connection that writes; makes the file if that is allowed and it was never there.</summary>
    /// <exception cref="SqliteStoreException">It cannot be opened.</exception>
    public Connection OpenWriter()
    {
        var known = Opened;
        if (known is not null)
            CheckPresent();
        else if (!File.Exists(Path) && File.Exists(Path + "-wal"))
            throw SqliteErrors.Missing(Path, "is gone, but its '-wal' file is still there");
        CheckLocal();
        var create = MayCreate && known is null ? raw.SQLITE_OPEN_CREATE : 0;
        var connection = Open(raw.SQLITE_OPEN_READWRITE | create, Options.CacheMegabytes * 1024);
        Opened = FileIdentity.Of(Path);
        return connection;
    }

    public Connection OpenReader()
    {
        var connection = Open(raw.SQLITE_OPEN_READWRITE, Options.CacheMegabytes * 128);
        connection.RunScript("PRAGMA query_only = ON;");
        return connection;
    }

    /// <summary>Makes sure that what is open is still what lies at the path: SQLite itself would go on writing into a deleted file.</summary>
    /// <exception cref="SqliteStoreException">It is gone, or another file lies there.</exception>
    public void CheckPresent()
    {
        if (FileIdentity.Of(Path) is not { } present)
            throw SqliteErrors.Missing(Path, "was open and is gone");
        if (Opened is { } opened && present != opened)
            throw SqliteErrors.Missing(Path, "was open and has been replaced by another file");
    }

    /// <summary>Makes sure, as far as it can be told, that the file does not lie where write-ahead logging damages it. Nothing is opened or made there.</summary>
    private void CheckLocal()
    {
        if ((Options.NetworkFileSystem ?? NetworkFileSystem.Of(Path)) is { } network)
            throw SqliteErrors.OnNetwork(Path, network);
    }

    /// <summary>The file as it was opened; null before it ever was.</summary>
    private FileIdentity? Opened
    {
        get
        {
            lock (_gate)
                return _opened;
        }
        set
        {
            lock (_gate)
                _opened = value;
        }
    }

    private Connection Open(int flags, int cacheKilobytes)
    {
        var connection = Connection.Open(Path, flags, (int)Options.BusyTimeout.TotalMilliseconds);
        try
        {
            connection.EnterWal();
            var synchronous = Options.Durability == SqliteDurability.Full ? "FULL" : "NORMAL";
            connection.RunScript(FormattableString.Invariant($"PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -{cacheKilobytes}; PRAGMA wal_autocheckpoint = {CheckpointPages}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"));
            if (Options.MaximumPages is { } pages)
                connection.RunScript(FormattableString.Invariant($"PRAGMA max_page_count = {pages};"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string PathOf(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The connection string names no file: give 'Data Source=scheduling.db'.", nameof(path));
        if (path.StartsWith(":memory:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{path}' is no path of a file: give one, or use the in-memory store.", nameof(path));
        return System.IO.Path.GetFullPath(path);
    }
}
