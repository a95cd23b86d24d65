using Scheduling.Sqlite;

namespace Scheduling.Load;

/// <summary>A folder of the measurement's own, and a new SQLite file for each question.</summary>
internal sealed class SqliteRig : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduling-load-");
    private int _files;

    /// <summary>A store on an empty file.</summary>
    public async Task<(SqliteStore Store, NodeSettings Settings)> NewAsync(int places = 256)
    {
        var settings = new NodeSettings { Store = "sqlite", Connection = $"Data Source={Path.Combine(_folder.FullName, FormattableString.Invariant($"load{++_files}.db"))}", Places = places };
        var store = (SqliteStore)settings.Open();
        await store.InitializeAsync(default);
        return (store, settings);
    }

    /// <summary>A file full of due jobs for nodes to warm up with.</summary>
    public async Task<string> NewWarmUpAsync(int jobs, int tenants)
    {
        var (store, settings) = await NewAsync();
        await using (store)
            await Seed.ThroughLibraryAsync(store, jobs, tenants);
        return settings.Connection;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
