using Npgsql;

namespace Scheduling.PostgreSql.Tests.Faults;

/// <summary>Servers and connections that are set up differently from ours.</summary>
public sealed class ServerSettingTests : IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Theory]
    [InlineData("-c TimeZone=Asia/Tokyo -c DateStyle=German -c IntervalStyle=sql_standard")]
    [InlineData("-c statement_timeout=1000 -c lock_timeout=500 -c idle_in_transaction_session_timeout=1000")]
    [InlineData("-c default_transaction_isolation=serializable")]
    [InlineData("-c search_path=pg_catalog -c row_security=off")]
    [InlineData("-c plan_cache_mode=force_generic_plan -c enable_indexscan=off")]
    public async Task Store_OddSessionSettings_Works(string settings)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Cluster.Server.ConnectionString) { Options = settings }.ConnectionString);
        var store = _schema.Store(source);

        await store.InitializeAsync(default);

        await Smoke.RunAsync(store);
    }

    [Theory]
    [InlineData("Max Auto Prepare=0")]
    [InlineData("Max Auto Prepare=50;Auto Prepare Min Usages=1")]
    [InlineData("No Reset On Close=true")]
    [InlineData("Pooling=false")]
    public async Task Store_OddConnections_Works(string setting)
    {
        await using var source = NpgsqlDataSource.Create(Cluster.Server.ConnectionString + ";" + setting);
        var store = _schema.Store(source);

        await store.InitializeAsync(default);

        await Smoke.RunAsync(store);
    }

    [Fact]
    public async Task Store_ReadOnlyAfterFailOver_FailsAndWorksAgainWhenItIsNot()
    {
        var store = await _schema.ReadyAsync();
        await using var readOnly = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Cluster.Server.ConnectionString) { Options = "-c default_transaction_read_only=on" }.ConnectionString);

        var failed = await Assert.ThrowsAsync<PostgresException>(async () => await Smoke.RunAsync(_schema.Store(readOnly)));

        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, failed.SqlState);
        await Smoke.RunAsync(store);
    }

    [Fact]
    public async Task Store_RowLockedForLong_TimesOutAndLeavesNoTransaction()
    {
        var store = await _schema.ReadyAsync();
        var jobs = new JobScheduler(_schema.Store(static options => options.CommandTimeout = TimeSpan.FromSeconds(1))).ForTenant("acme");
        await jobs.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedules.Schedule.Manual });
        await using (var connection = await Cluster.Source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand($"select * from {_schema.Quoted}.due for update", connection, transaction);
            await hold.ExecuteNonQueryAsync();

            await Assert.ThrowsAnyAsync<Exception>(async () => await jobs.PauseAsync("job"));
            Assert.NotNull(await jobs.GetAsync("job"));
        }

        Assert.Equal(JobState.Paused, (await jobs.PauseAsync("job")).State);
        Assert.Equal(0L, await _schema.SqlAsync("select count(*) from pg_stat_activity where state = 'idle in transaction' and query like '%' || $$" + _schema.Name + "$$ || '%' and pid <> pg_backend_pid()"));
    }
}
