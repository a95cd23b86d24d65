using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Scheduling.Sqlite;
using Scheduling.Sqlite.Tests;

namespace Scheduling.Faults.Tests;

/// <summary>What a SQLite file must survive: its process killed in the middle of commits, and a disk that refuses.</summary>
/// <remarks>
/// <c>SCHEDULING_KILL_ROUNDS</c> is the number of kills (default 5), <c>SCHEDULING_SEED</c> repeats their moments. The long form:
/// <c>SCHEDULING_KILL_ROUNDS=200 dotnet test --project tests/Scheduling.Faults.Tests --filter-class "*SqliteKillTests"</c>.
/// </remarks>
public sealed class SqliteKillTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduling-kill-");

    private string Database => Path.Combine(_folder.FullName, "jobs.db");

    private string Notes => Path.Combine(_folder.FullName, "notes");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>C20: kill -9 in the middle of commits, again and again on one file: it opens, it is whole, and nothing that was acknowledged is gone.</summary>
    [Fact]
    public async Task Kill_InTheMiddleOfCommits_LosesNothingThatWasAcknowledged()
    {
        var seed = Setting("SCHEDULING_SEED") ?? Random.Shared.Next();
        var rounds = Setting("SCHEDULING_KILL_ROUNDS") ?? 5;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SCHEDULING_SEED={seed} SCHEDULING_KILL_ROUNDS={rounds}"));
        var random = new Random(seed);
        Directory.CreateDirectory(Notes);
        for (var round = 0; round < rounds; round++)
        {
            using (var writer = WorkerProcess.Start(SettingsOf($"node-{round}")))
            {
                await UntilAsync(writer, Acknowledged().Count + random.Next(1, 400));
                writer.Kill();
            }
            await CheckAsync();
        }
        output.WriteLine($"{Acknowledged().Count} writes were acknowledged");
    }

    /// <summary>C22: the disk refuses to make a commit durable now and then: that commit is not acknowledged, and the store goes on with the next.</summary>
    [Fact]
    public async Task Sync_ThatTheDiskRefuses_IsNotAcknowledgedAndTheStoreGoesOn()
    {
        Assert.SkipUnless(CanInject(), "It takes strace, and the right to use it.");
        Directory.CreateDirectory(Notes);
        using (var writer = WorkerProcess.Start(SettingsOf("node"), clock: null, "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=20+15"))
        {
            await UntilAsync(writer, 100);
            var refused = Lines().Where(static line => line[0] is "refused").ToList();
            await UntilAsync(writer, Acknowledged().Count + 100);

            Assert.NotEmpty(refused);
            Assert.All(refused, static line => Assert.Equal(nameof(SqliteProblem.InputOutput), line[1]));
            Assert.Equal(0, await writer.StopAsync());
        }
        await CheckAsync();
    }

    private WorkerSettings SettingsOf(string node) => new() { Node = node, Store = "sqlite", Connection = $"Data Source={Database}", Log = Notes, Writes = true };

    private async Task CheckAsync()
    {
        await using var store = new SqliteStore($"Data Source={Database};Mode=ReadWrite");
        await store.InitializeAsync(TestContext.Current.CancellationToken);
        SqliteInvariants.Check(Database, Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
        foreach (var tenant in Acknowledged().GroupBy(static line => line[1], StringComparer.Ordinal))
        {
            var jobs = new JobScheduler(store).ForTenant(tenant.Key);
            var keys = await KeysAsync(jobs);
            var runs = await RunsAsync(jobs);
            Assert.All(tenant.Where(static line => line[0] is "created"), line => Assert.Contains(line[2], keys));
            Assert.All(tenant.Where(static line => line[0] is "asked"), line => Assert.Contains(line[2], runs.Keys));
            Assert.All(tenant.Where(static line => line[0] is "settled"), line => Assert.Equal(ExecutionStatus.Succeeded, runs[line[2]]));
        }
    }

    private static async Task<HashSet<string>> KeysAsync(ITenantJobs jobs)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await jobs.ListAsync(cursor: cursor, ct: TestContext.Current.CancellationToken);
            keys.UnionWith(page.Items.Select(static job => job.Key));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return keys;
    }

    private static async Task<Dictionary<string, ExecutionStatus>> RunsAsync(ITenantJobs jobs)
    {
        var runs = new Dictionary<string, ExecutionStatus>(StringComparer.Ordinal);
        var query = new ExecutionQuery { PageSize = ExecutionQuery.MaximumPageSize };
        do
        {
            var page = await jobs.Executions.ListAsync(query, TestContext.Current.CancellationToken);
            foreach (var run in page.Items)
                runs.Add(run.Id.ToString(), run.Status);
            query = query with { Cursor = page.Cursor };
        }
        while (query.Cursor is not null);
        return runs;
    }

    private List<string[]> Acknowledged() => [.. Lines().Where(static line => line[0] is not "refused")];

    // The last line of a process that was killed may be cut off.
    private List<string[]> Lines() => [.. Directory.GetFiles(Notes)
        .SelectMany(static file => ReadAll(file).Split('\n').SkipLast(1))
        .Select(static line => line.Split('\t'))];

    private static string ReadAll(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private async Task UntilAsync(WorkerProcess writer, int acknowledged)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (Acknowledged().Count < acknowledged)
        {
            if (!writer.IsAlive || TimeProvider.System.GetElapsedTime(since) > World.Patience)
                Assert.Fail($"{Acknowledged().Count} of {acknowledged} writes were acknowledged.\n{writer.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static bool CanInject()
    {
        try
        {
            using var strace = Process.Start("strace", ["-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO", "true"]);
            strace.WaitForExit();
            return strace.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
