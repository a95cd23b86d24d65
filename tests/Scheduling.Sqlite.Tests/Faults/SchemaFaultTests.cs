namespace Scheduling.Sqlite.Tests.Faults;

/// <summary>C14: a schema that is missing is made, a newer one and somebody else's are refused and left alone.</summary>
public sealed class SchemaFaultTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndNothingChanges()
    {
        await using (var store = new SqliteStore(_file.ConnectionString))
            await store.InitializeAsync(TestContext.Current.CancellationToken);
        _file.Edit("INSERT INTO migrations (number, name, applied_at) VALUES (99, 'from_the_future', 0);");
        await using var older = new SqliteStore(_file.ConnectionString);

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await older.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SqliteProblem.Schema, error.Problem);
        Assert.Contains("schema 99", error.Message, StringComparison.Ordinal);
        Assert.Contains("update the package", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FileOfAnotherProgram_IsRefusedAndNothingChanges()
    {
        using (var other = Connection.Open(_file.Path, SQLitePCL.raw.SQLITE_OPEN_READWRITE | SQLitePCL.raw.SQLITE_OPEN_CREATE, 0))
            other.RunScript("CREATE TABLE jobs (title TEXT); INSERT INTO jobs VALUES ('baker');");
        await using var store = new SqliteStore(_file.ConnectionString);

        var error = await Assert.ThrowsAsync<SqliteStoreException>(async () => await store.InitializeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(SqliteProblem.Schema, error.Problem);
        Assert.Contains("another program", error.Message, StringComparison.Ordinal);
        Assert.Equal("1 baker", _file.Ask("SELECT count(*) || ' ' || (SELECT title FROM jobs) FROM sqlite_schema"));
    }

    [Fact]
    public async Task SchemaScript_AppliedByHand_IsWhatTheStoreFinds()
    {
        using (var shell = Connection.Open(_file.Path, SQLitePCL.raw.SQLITE_OPEN_READWRITE | SQLitePCL.raw.SQLITE_OPEN_CREATE, 0))
            shell.RunScript(SqliteStore.SchemaScript);
        await using var store = new SqliteStore(_file.ConnectionString);

        await store.InitializeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Migrations.Latest.ToString(System.Globalization.CultureInfo.InvariantCulture), _file.Ask("SELECT count(*) FROM migrations"));
    }

    [Fact]
    public async Task Open_ByManyAtOnce_MakesTheSchemaOnce()
    {
        var stores = Enumerable.Range(0, 8).Select(_ => new SqliteStore(_file.ConnectionString)).ToList();

        await Task.WhenAll(stores.Select(static store => store.InitializeAsync(TestContext.Current.CancellationToken).AsTask()));

        foreach (var store in stores)
            await store.DisposeAsync();
        Assert.Equal(Migrations.Latest.ToString(System.Globalization.CultureInfo.InvariantCulture), _file.Ask("SELECT count(*) FROM migrations"));
    }
}
