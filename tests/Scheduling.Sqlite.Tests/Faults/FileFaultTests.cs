using Scheduling.Schedules;

namespace Scheduling.Sqlite.Tests.Faults;

/// <summary>C21-C24: a file that cannot be used is a typed state that names it and says what to do, and never becomes a new, empty one without a word.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Open_FolderMissing_NamesTheFileAndTheFolder()
    {
        await using var store = new SqliteStore($"Data Source={Path.Combine(_file.Folder, "nowhere", "scheduling.db")}");

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await store.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal((SqliteProblem.CannotOpen, store.Path), (error.Problem, error.Path));
        Assert.Contains(store.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("folder exists", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_MissingFileThatMustBeThere_IsNotMade()
    {
        await using var store = new SqliteStore(_file.ConnectionString + ";Mode=ReadWrite");

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await store.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SqliteProblem.CannotOpen, error.Problem);
        Assert.False(File.Exists(_file.Path));
    }

    [Fact]
    public async Task Open_FileGoneButItsLogThere_IsNotMadeAnew()
    {
        await File.WriteAllTextAsync(_file.Path + "-wal", "what is left of a database", TestContext.Current.CancellationToken);
        await using var store = new SqliteStore(_file.ConnectionString);

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await store.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SqliteProblem.Missing, error.Problem);
        Assert.Contains("'-wal' file is still there", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_file.Path));
    }

    [Fact]
    public async Task Open_NoDatabaseAtAll_IsCorruptAndLeftAlone()
    {
        var letter = new string('x', 8_192);
        await File.WriteAllTextAsync(_file.Path, letter, TestContext.Current.CancellationToken);
        await using var store = new SqliteStore(_file.ConnectionString);

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await store.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SqliteProblem.Corrupt, error.Problem);
        Assert.Equal(letter, await File.ReadAllTextAsync(_file.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Use_PagesDamaged_IsCorruptUntilABackupIsBack()
    {
        await using (var store = new SqliteStore(_file.ConnectionString))
            await CreateAsync(store, 300);
        var backup = _file.Path + ".backup";
        File.Copy(_file.Path, backup);
        await using (var damaged = new FileStream(_file.Path, FileMode.Open, FileAccess.Write))
        {
            // Random bytes over every page but the first: what a bad disk or a wrong tool leaves behind.
            damaged.Position = 4_096;
            var noise = new byte[damaged.Length - 4_096];
            new Random(20261122).NextBytes(noise);
            await damaged.WriteAsync(noise, TestContext.Current.CancellationToken);
        }

        await using (var store = new SqliteStore(_file.ConnectionString))
        {
            var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await CountAsync(store));
            Assert.Equal(SqliteProblem.Corrupt, error.Problem);
            Assert.Contains("backup", error.Message, StringComparison.Ordinal);
        }
        File.Copy(backup, _file.Path, overwrite: true);
        await using var restored = new SqliteStore(_file.ConnectionString);
        Assert.Equal(300, await CountAsync(restored));
    }

    [Fact]
    public async Task Use_FileMovedAwayAndBack_IsMissingMeanwhileAndWholeAfterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows does not let go of a file that is open.");
        await using var store = new SqliteStore(_file.ConnectionString);
        await CreateAsync(store, 10);
        var elsewhere = _file.Path + ".moved";
        File.Move(_file.Path, elsewhere);

        var write = await Assert.ThrowsAsync<SqliteStoreException>(async () => await CreateAsync(store, 1));
        var read = await Assert.ThrowsAsync<SqliteStoreException>(async () => await CountAsync(store));
        var again = await Assert.ThrowsAsync<SqliteStoreException>(async () => await store.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.All([write, read, again], static error => Assert.Equal(SqliteProblem.Missing, error.Problem));
        Assert.False(File.Exists(_file.Path));
        File.Move(elsewhere, _file.Path);
        Assert.Equal(10, await CountAsync(store));
        await CreateAsync(store, 1, "later");
        Assert.Equal(11, await CountAsync(store));
    }

    [Fact]
    public async Task Use_FileReplacedByAnother_IsMissingAndTheOtherIsLeftAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there it is told which file lies at a path.");
        await using var store = new SqliteStore(_file.ConnectionString);
        await CreateAsync(store, 3);
        await File.WriteAllTextAsync(_file.Path + ".other", "another file", TestContext.Current.CancellationToken);
        File.Move(_file.Path + ".other", _file.Path, overwrite: true);

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await CreateAsync(store, 1));

        Assert.Equal(SqliteProblem.Missing, error.Problem);
        Assert.Contains("replaced", error.Message, StringComparison.Ordinal);
        Assert.Equal("another file", await File.ReadAllTextAsync(_file.Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_FileReadOnly_IsTold()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Nothing is read-only to this user.");
            return;
        }
        await using (var store = new SqliteStore(_file.ConnectionString))
            await CreateAsync(store, 1);
        File.SetUnixFileMode(_file.Path, UnixFileMode.UserRead);
        await using var refused = new SqliteStore(_file.ConnectionString);

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await CreateAsync(refused, 1));

        Assert.True(error.Problem is SqliteProblem.ReadOnly or SqliteProblem.CannotOpen, error.Message);
    }

    [Fact]
    public async Task Write_DiskFull_KeepsNothingOfItAndGoesOnWhenThereIsSpace()
    {
        var options = new SqliteStoreOptions { MaximumPages = 80 };
        var created = 0;
        await using (var store = new SqliteStore(_file.ConnectionString, options))
        {
            SqliteStoreException? full = null;
            while (full is null && created < 100_000)
                full = await TryCreateAsync(store, $"job-{created++}");
            created--;
            Assert.Equal(SqliteProblem.Full, full?.Problem);
            Assert.Contains("free some", full!.Message, StringComparison.Ordinal);
            Assert.Equal(created, await CountAsync(store));
            Assert.True(await new JobScheduler(store).ForTenant("acme").DeleteAsync("job-0", TestContext.Current.CancellationToken)); // what needs no space still works
        }

        await using var roomy = new SqliteStore(_file.ConnectionString);
        await CreateAsync(roomy, 50, "roomy");
        Assert.Equal(created - 1 + 50, await CountAsync(roomy));
        Assert.Equal("ok", _file.Ask("PRAGMA integrity_check"));
    }

    private static async Task<SqliteStoreException?> TryCreateAsync(SqliteStore store, string key)
    {
        try
        {
            await new JobScheduler(store).ForTenant("acme").CreateAsync(Definition(key), TestContext.Current.CancellationToken);
            return null;
        }
        catch (SqliteStoreException full)
        {
            return full;
        }
    }

    private static async Task CreateAsync(SqliteStore store, int jobs, string prefix = "job")
    {
        for (var n = 0; n < jobs; n++)
            await new JobScheduler(store).ForTenant("acme").CreateAsync(Definition($"{prefix}-{n}"), TestContext.Current.CancellationToken);
    }

    private static JobDefinition Definition(string key) => new() { Key = key, Executor = "work", Schedule = Schedule.Manual };

    private static async Task<int> CountAsync(SqliteStore store) =>
        (int)(await new JobScheduler(store).ForTenant("acme").CountAsync(TestContext.Current.CancellationToken)).Sum(static count => count.Count);
}
