using System.Globalization;
using Npgsql;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Faults.Tests;

/// <summary>What a database server and the way to it suffer, while workers run jobs every second: afterwards each slot lies in exactly one row, and nothing ran that the rows do not tell.</summary>
public sealed class PostgreSqlOutageTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    /// <summary>C3: the server restarts in the middle of everything, in good order or as after a crash.</summary>
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public Task Restart_InTheMiddle_LosesAndDoublesNothing(string mode) => DisturbAsync(async world =>
    {
        for (var time = 0; time < 2; time++)
        {
            server.Cluster.Restart(mode);
            await MoreAsync(world, 6);
        }
    });

    /// <summary>C1, C2: the server is away for longer than a lease; workers neither end nor spin, and go on when it is back.</summary>
    [Fact]
    public Task Stop_ForLongerThanALease_IsCaughtUp() => DisturbAsync(async world =>
    {
        server.Cluster.Stop();
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, TestContext.Current.CancellationToken);
        server.Cluster.Start();
        await MoreAsync(world, 6);
    });

    /// <summary>C4: an operator ends sessions at random.</summary>
    [Fact]
    public Task TerminateBackend_AgainAndAgain_LosesAndDoublesNothing() => DisturbAsync(async world =>
    {
        for (var time = 0; time < 10; time++)
        {
            await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend' and random() < 0.5");
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        await MoreAsync(world, 6);
    });

    /// <summary>C8: others take all connections, also those that the workers had.</summary>
    [Fact]
    public Task Connections_AllTakenByOthers_IsAnOutage() => DisturbAsync(async world =>
    {
        var taken = new List<NpgsqlConnection>();
        await using (var first = await OpenAsync(";Application Name=taker"))
        {
            await world.UntilAsync(async () =>
            {
                await using var end = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and application_name <> 'taker'", first);
                await end.ExecuteNonQueryAsync();
                while (await TryOpenAsync() is { } another)
                    taken.Add(another);
                return world.Outputs().Split(PostgresErrorCodes.TooManyConnections).Length > 2;
            });
        }
        foreach (var connection in taken)
            await connection.DisposeAsync();
        await MoreAsync(world, 6);
    });

    /// <summary>C9: after a fail-over to a standby the server refuses to write for a while: an outage, not a failure of jobs.</summary>
    [Fact]
    public Task ReadOnly_ForAWhile_IsAnOutage() => DisturbAsync(async world =>
    {
        server.Cluster.Set("default_transaction_read_only", "on");
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken);
        server.Cluster.Set("default_transaction_read_only", "off");
        await MoreAsync(world, 6);
    });

    /// <summary>C10: the DBA's time-outs are short; no transaction is open while user code runs, so they hit nothing.</summary>
    [Fact]
    public async Task Timeouts_OfTheDba_HitNothing()
    {
        foreach (var name in new[] { "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout" })
            server.Cluster.Set(name, "1s");
        try
        {
            await using var world = await server.CreateWorldAsync();
            var slow = await world.OnceAsync("slow", milliseconds: 3_000);
            world.Start("worker");
            Assert.Equal(ExecutionStatus.Succeeded, await EndOfAsync(world, slow));
        }
        finally
        {
            foreach (var name in new[] { "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout" })
                server.Cluster.Set(name, "0");
        }
    }

    /// <summary>C11, C31: a table is away for seconds, as in somebody's migration: work goes on, and its results are written when it is back.</summary>
    [Theory]
    [InlineData("runs")]
    [InlineData("executions")]
    public Task Rename_OfATable_IsAnOutage(string table) => DisturbAsync(async world =>
    {
        var schema = await SchemaOfAsync();
        await ExecuteAsync($"alter table \"{schema}\".{table} rename to away");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        await ExecuteAsync($"alter table \"{schema}\".away rename to {table}");
        await MoreAsync(world, 6);
    });

    /// <summary>C11: somebody holds a lock on everything; nothing is lost when it is gone.</summary>
    [Fact]
    public Task Lock_OfTheHotTable_IsASlowDatabase() => DisturbAsync(async world =>
    {
        var schema = await SchemaOfAsync();
        await ExecuteAsync($"begin; lock table \"{schema}\".due in access exclusive mode; select pg_sleep(4); commit");
        await MoreAsync(world, 6);
    });

    /// <summary>B8-B10: the server did what was asked and the answer is lost: claim, result, renewal.</summary>
    [Theory]
    [InlineData(".runs")]
    [InlineData(".executions")]
    [InlineData(".processes")]
    public async Task LostAnswer_OfACall_LosesAndDoublesNothing(string text)
    {
        await using var proxy = new FaultProxy(server.Cluster.Port);
        await DisturbAsync(
            async world =>
            {
                for (var time = 0; time < 5; time++)
                {
                    proxy.LoseAnswerTo(text);
                    await MoreAsync(world, 2);
                }
                Assert.True(proxy.Lost > 0, "no answer was lost");
            },
            proxy);
    }

    /// <summary>C5, C7: the link is slow, then silent for longer than a lease, then back.</summary>
    [Fact]
    public async Task Link_SlowThenSilent_LosesAndDoublesNothing()
    {
        await using var proxy = new FaultProxy(server.Cluster.Port);
        await DisturbAsync(
            async world =>
            {
                proxy.Delay = TimeSpan.FromMilliseconds(100);
                await MoreAsync(world, 4);
                proxy.Delay = TimeSpan.Zero;
                proxy.IsSilent = true;
                await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);
                proxy.IsSilent = false;
                await MoreAsync(world, 6);
            },
            proxy);
    }

    /// <summary>C6: connections are reset in the middle of transactions.</summary>
    [Fact]
    public async Task Reset_AgainAndAgain_LosesAndDoublesNothing()
    {
        await using var proxy = new FaultProxy(server.Cluster.Port);
        await DisturbAsync(
            async world =>
            {
                for (var time = 0; time < 15; time++)
                {
                    proxy.ResetAll();
                    await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
                }
                await MoreAsync(world, 6);
            },
            proxy);
    }

    /// <summary>C12: what PgBouncer does in transaction mode: no session outlives a transaction's connection.</summary>
    [Fact]
    public async Task Connections_OfOneUseEach_AreEnough()
    {
        await using var world = await server.CreateWorldAsync(server.Cluster.ConnectionString + ";Pooling=false");
        List<Job> jobs = [await world.EveryAsync("a", 1), await world.OnceAsync("b", milliseconds: 200)];
        world.Start("worker");
        await MoreAsync(world, 8);

        Assert.Equal(ExecutionStatus.Succeeded, await EndOfAsync(world, jobs[1]));
        Assert.True(await world.SettleAndCheckAsync([jobs[0]]) > 2);
    }

    /// <summary>Five nodes start at once on a database that has no schema yet.</summary>
    [Fact]
    public async Task Start_OfFiveNodesOnAnEmptyDatabase_MakesOneSchema()
    {
        await using var world = server.CreateEmptyWorld();
        for (var node = 1; node <= 5; node++)
            world.Start($"node-{node}");
        await world.InitializeAsync();

        var job = await world.OnceAsync("job");

        Assert.Equal(ExecutionStatus.Succeeded, await EndOfAsync(world, job));
    }

    /// <summary>B23: a tenant's limit is never exceeded while workers die and others take over.</summary>
    [Fact]
    public async Task Limit_WhileWorkersAreKilled_IsNeverExceeded()
    {
        await using var world = await server.CreateWorldAsync();
        await world.Scheduler.SetLimitsAsync(new TenantId("acme"), new Policies.TenantLimits { MaximumRunning = 3 });
        for (var n = 0; n < 40; n++)
            await world.OnceAsync($"job-{n}", milliseconds: 100);
        for (var node = 1; node <= 2; node++)
            world.Start($"node-{node}");
        for (var kill = 1; kill <= 2; kill++)
            world.Start($"victim-{kill}", KillPoint.InRun);
        var schema = await SchemaOfAsync();
        var most = 0L;

        await world.UntilAsync(async () =>
        {
            most = Math.Max(most, await ScalarAsync($"select count(*) from \"{schema}\".runs where tenant = 'acme' and status = 2"));
            return world.Lines.Count(static line => line.IsEnd) == 40;
        });

        Assert.InRange(most, 1, 3);
        world.CheckLines();
    }

    private static Task MoreAsync(World world, int lines)
    {
        var before = world.Lines.Count;
        return world.UntilAsync(() => world.Lines.Count >= before + lines);
    }

    // How many attempts that took is not asked: on a busy machine a worker may lose its short lease.
    private static async Task<ExecutionStatus> EndOfAsync(World world, Job job) => (await world.EndOfAsync(job)).Status;

    /// <summary>Three jobs that come every second or two, two workers, a disturbance, and then the count.</summary>
    private async Task DisturbAsync(Func<World, Task> disturb, FaultProxy? proxy = null)
    {
        await using var world = await server.CreateWorldAsync(worker: proxy is null ? null : PostgresCluster.ConnectionStringTo(proxy.Port));
        List<Job> jobs = [await world.EveryAsync("a", 1), await world.EveryAsync("b", 1, milliseconds: 300), await world.EveryAsync("c", 2, milliseconds: 50)];
        world.Start("node-1");
        world.Start("node-2");
        await MoreAsync(world, 4);

        await disturb(world);

        Assert.True(await world.SettleAndCheckAsync(jobs) > 5);
    }

    private Task<string> SchemaOfAsync() => Task.FromResult(server.LastSchema);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<NpgsqlConnection> OpenAsync(string settings = "")
    {
        var connection = new NpgsqlConnection(server.Cluster.ConnectionString + ";Pooling=false" + settings);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>A connection, or null when there is none left.</summary>
    private async Task<NpgsqlConnection?> TryOpenAsync()
    {
        try
        {
            return await OpenAsync(";Application Name=taker");
        }
        catch (PostgresException full) when (string.Equals(full.SqlState, PostgresErrorCodes.TooManyConnections, StringComparison.Ordinal))
        {
            return null;
        }
    }
}
