using System.Text;
using Scheduling.Conformance;

namespace Scheduling.Sqlite.Tests;

/// <summary>What a copy of the files shows: no secret, neither where it is kept nor in what a run wrote, in the file as in its log.</summary>
public class SecretFileTests
{
    [Fact]
    public async Task Files_AfterRunsThatLeakedTheirSecretInEveryWay_HaveNoCanary()
    {
        using var file = new TemporaryFile();
        await using (var store = new SqliteStore(file.ConnectionString))
        {
            await store.InitializeAsync(default);
            await SecretCanary.RunAsync(store);

            // While the store is open the latest writes are in the log beside the file.
            AssertAbsent(file, "*-wal");
        }
        AssertAbsent(file, "*");
    }

    private static void AssertAbsent(TemporaryFile file, string pattern)
    {
        var paths = Directory.GetFiles(file.Folder, pattern);
        Assert.NotEmpty(paths);
        var all = new List<byte>();
        foreach (var path in paths)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            all.AddRange(bytes.ToArray());
        }
        var found = all.ToArray();
        Assert.NotEqual(-1, found.AsSpan().IndexOf(Encoding.UTF8.GetBytes("Bearer ********")));
        SecretCanary.AssertAbsent(found);
    }
}
