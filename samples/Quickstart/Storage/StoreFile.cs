using NodaTime;
using Scheduling;
using Scheduling.Sqlite;

namespace Quickstart.Storage;

/// <summary>The SQLite file that jobs and history live in, held by one quickstart at a time.</summary>
/// <remarks>Any number of processes may share a file, but not with clocks that each run fast on their own. The hold is a lock of the operating system, so it ends with the process, however that ends.</remarks>
internal sealed class StoreFile : IDisposable
{
    private readonly FileStream _hold;

    private StoreFile(string path, FileStream hold) => (Path, _hold) = (path, hold);

    public string Path { get; }

    public string Connection => $"Data Source={Path}";

    /// <summary>Takes hold of a file, which need not exist yet, and looks at what earlier starts left in it.</summary>
    /// <param name="path">Where it is; null for none: memory.</param>
    /// <param name="tenants">Whose jobs to look at.</param>
    /// <param name="start">What the clock is to show; it goes on where a history ends, as time never goes back.</param>
    /// <returns>The file, what was found, and why the file cannot be used.</returns>
    public static async Task<(StoreFile? File, Beginning Beginning, string? Problem)> BeginAsync(string? path, IEnumerable<string> tenants, Instant start)
    {
        var fresh = new Beginning(Store: null, EarlierRuns.None, start);
        if (path is null)
            return (null, fresh, null);
        StoreFile? file = null;
        try
        {
            file = Hold(path);
            var earlier = await file.ReadEarlierAsync(tenants);
            var at = earlier.Last is { } last && last >= start ? last + Duration.FromSeconds(1) : start;
            return (file, new Beginning(System.IO.Path.GetFileName(file.Path), earlier, at), null);
        }
        catch (Exception unusable) when (unusable is SqliteStoreException or IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            return (null, fresh, $"--store is '{path}': {unusable.Message}");
        }
    }

    private static StoreFile Hold(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return new StoreFile(full, new FileStream(full + "-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (File.Exists(full + "-lock"))
        {
            throw new IOException("another quickstart works on it; stop that one, or give another file.", held);
        }
    }

    private async Task<EarlierRuns> ReadEarlierAsync(IEnumerable<string> tenants)
    {
        if (!File.Exists(Path))
            return EarlierRuns.None;
        await using var store = new SqliteStore(Connection);
        return await EarlierRuns.ReadAsync(new JobScheduler(store), tenants);
    }

    public void Dispose() => _hold.Dispose();
}
