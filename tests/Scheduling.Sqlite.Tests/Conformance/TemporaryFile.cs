namespace Scheduling.Sqlite.Tests;

/// <summary>A folder with room for one database, removed in the end.</summary>
public sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduling-sqlite-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "scheduling.db");

    public string Folder => _folder.FullName;

    public string ConnectionString => $"Data Source={Path}";

    /// <summary>Runs SQL on the file as somebody with a shell would.</summary>
    public void Edit(string sql)
    {
        using var connection = Connection.Open(Path, SQLitePCL.raw.SQLITE_OPEN_READWRITE, 5_000);
        connection.RunScript(sql);
    }

    /// <summary>The first value that a query gives, as text.</summary>
    public string? Ask(string sql)
    {
        using var connection = Connection.Open(Path, SQLitePCL.raw.SQLITE_OPEN_READWRITE, 5_000);
        return SqliteInvariants.First(connection, sql);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
