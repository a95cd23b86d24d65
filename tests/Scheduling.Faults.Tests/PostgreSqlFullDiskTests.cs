using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Faults.Tests;

/// <summary>C13: the disk of the tables is full for a while: nothing starts that could not be recorded, and all is done when there is room again.</summary>
public sealed class PostgreSqlFullDiskTests
{
    private const int Jobs = 600;

    [Fact]
    public async Task Disk_FullForAWhile_StartsNothingUnrecordedAndGoesOn()
    {
        using var disk = SmallDisk.TryMount("16m");
        Assert.SkipWhen(disk is null, "Only root can mount a small disk.");
        using var server = new PostgreSqlServer(PostgresCluster.Start());
        await ExecuteAsync(server, $"create tablespace small location '{disk.Folder}'");
        server.Cluster.Set("default_tablespace", "small");
        await using var world = await server.CreateWorldAsync();
        List<Job> jobs = [];
        for (var n = 0; n < Jobs; n++)
            jobs.Add(await world.OnceAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"), tenant: string.Create(CultureInfo.InvariantCulture, $"tenant-{n % 7}")));
        disk.Fill();

        List<WorkerProcess> workers = [world.Start("node-1"), world.Start("node-2")];
        await world.UntilAsync(() => workers.TrueForAll(static worker => worker.Output.Contains(PostgresErrorCodes.DiskFull, StringComparison.Ordinal)));
        Assert.All(workers, static worker => Assert.True(worker.IsAlive));
        disk.Empty();
        await world.UntilAsync(async () => world.Lines.Count(static line => line.IsEnd) >= Jobs && (await world.Store.Claims.InspectAsync(default)).OpenExecutions == 0);

        foreach (var job in jobs)
            Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(await world.RowsAsync(job)).Status);
        world.CheckLines();
    }

    private static async Task ExecuteAsync(PostgreSqlServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.Cluster.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A disk of a few megabytes, in memory.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("scheduling-disk-").FullName;

        /// <summary>A folder on it that belongs to the server's account.</summary>
        public string Folder => Path.Combine(_root, "tables");

        private string Filling => Path.Combine(_root, "filling");

        /// <returns>The disk; null where nobody may mount one.</returns>
        public static SmallDisk? TryMount(string size)
        {
            if (!OperatingSystem.IsLinux() || !string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
                return null;
            var disk = new SmallDisk();
            if (Run("mount", "-t", "tmpfs", "-o", "mode=755,size=" + size, "none", disk._root))
            {
                Directory.CreateDirectory(disk.Folder);
                Run("chown", "postgres:", disk.Folder);
                return disk;
            }
            Directory.Delete(disk._root);
            return null;
        }

        /// <summary>Takes all the room that is left.</summary>
        public void Fill()
        {
            using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                    file.Write(new byte[4_096]);
            }
            catch (IOException)
            {
                // Full, which was the aim.
            }
        }

        public void Empty() => File.Delete(Filling);

        public void Dispose()
        {
            Run("umount", "-l", _root);
            Directory.Delete(_root, recursive: true);
        }

        private static bool Run(string program, params IEnumerable<string> words)
        {
            using var process = Process.Start(program, words);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
