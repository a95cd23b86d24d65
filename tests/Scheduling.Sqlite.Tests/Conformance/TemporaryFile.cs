namespace Scheduling.Sqlite.Tests;

/// <summary>A folder with room for one database, removed in the end.</summary>
public sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduling-sqlite-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "scheduling.db");

    public string Folder => _folder.FullName;

    public string ConnectionString => $"Data Source={Path}";

    public void Dispose() => _folder.Delete(recursive: true);
}
