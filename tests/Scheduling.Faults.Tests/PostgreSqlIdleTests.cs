using System.Globalization;
using Npgsql;

namespace Scheduling.Faults.Tests;

/// <summary>F4: nodes with nothing to do leave the server alone.</summary>
public sealed class PostgreSqlIdleTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    /// <summary>Three nodes whose safety poll is two seconds. A slow machine makes it less, never more, so the bound is no matter of timing; a node that spun would make thousands.</summary>
    [Fact]
    public async Task Nodes_NothingToDo_AskNowAndThen()
    {
        await using var world = await server.CreateWorldAsync();
        for (var node = 1; node <= 3; node++)
            world.Start(string.Create(CultureInfo.InvariantCulture, $"node-{node}"));
        await world.UntilAsync(async () => (await world.Store.Claims.InspectAsync(default)).LiveProcesses == 3);
        await PauseAsync(4);
        var (commits, wal) = await CountAsync();

        await PauseAsync(12);

        var (commitsLater, walLater) = await CountAsync();
        Assert.InRange(commitsLater - commits, 0, 150);
        Assert.InRange(walLater - wal, 0, 500_000);
    }

    private static Task PauseAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, TestContext.Current.CancellationToken);

    private async Task<(long Commits, long Wal)> CountAsync()
    {
        await using var source = NpgsqlDataSource.Create(server.Cluster.ConnectionString);
        await using var command = source.CreateCommand("select (select sum(xact_commit) from pg_stat_database)::bigint, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
