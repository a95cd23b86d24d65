using NodaTime;
using Npgsql;
using Scheduling.Planning;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Wakes;

/// <summary>Wakes from one node to another: two stores on one schema, as two processes have them.</summary>
public sealed class WakeAcrossNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(60); // says that it hangs; no test passes by it
    private readonly string _schema = Cluster.NewSchema();
    private PostgreSqlStore _one = null!;
    private PostgreSqlStore _other = null!;

    public async ValueTask InitializeAsync()
    {
        _one = new PostgreSqlStore(Cluster.Source, new PostgreSqlStoreOptions { Schema = _schema });
        _other = new PostgreSqlStore(Cluster.Source, new PostgreSqlStoreOptions { Schema = _schema });
        await _one.InitializeAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await using var drop = Cluster.Source.CreateCommand($"drop schema \"{_schema}\" cascade");
        await drop.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task RunNow_OnOneNode_WakesTheOther()
    {
        var jobs = new JobScheduler(_one).ForTenant("acme");
        await jobs.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
        using var listener = new Listener(_other);
        await _other.Listening;

        await jobs.RunNowAsync("job");

        await listener.HeardAsync(StoreWake.Work);
    }

    [Fact]
    public async Task Cancel_OnOneNode_WakesTheOther()
    {
        var jobs = new JobScheduler(_one).ForTenant("acme");
        await jobs.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
        var asked = await jobs.RunNowAsync("job");
        var owner = OwnerId.New(SystemNow());
        Assert.Single((await _other.Claims.ClaimAsync(ClaimOf(owner), default)).Runs);
        using var listener = new Listener(_other);
        await _other.Listening;

        await jobs.Executions.CancelAsync(asked.Id);

        await listener.HeardAsync(StoreWake.Cancel);
    }

    [Fact]
    public async Task Listener_WhoseConnectionIsCut_ListensAgain()
    {
        var jobs = new JobScheduler(_one).ForTenant("acme");
        await jobs.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
        using var listener = new Listener(_other);
        await _other.Listening;
        await CutListenersAsync();

        // The first wake is that of the loss, the second that of the new connection.
        await listener.HeardAsync(StoreWake.Work | StoreWake.Cancel);
        await listener.HeardAsync(StoreWake.Work | StoreWake.Cancel);
        await jobs.RunNowAsync("job");

        await listener.HeardAsync(StoreWake.Work);
    }

    private async Task CutListenersAsync()
    {
        await using var cut = Cluster.Source.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen \"' || $1 || '\"'");
        cut.Parameters.Add(new NpgsqlParameter { Value = new PostgreSql.Wakes.WakeChannel(_schema, Guid.Empty).Name });
        await cut.ExecuteNonQueryAsync();
    }

    private static ClaimRequest ClaimOf(OwnerId owner) => new()
    {
        Owner = owner,
        Node = "node",
        Number = 1,
        Executors = [new ExecutorCapacity("work", 1)],
        Free = 1,
        Lease = Duration.FromSeconds(30),
        Planner = new DuePlanner(),
    };

    private static Instant SystemNow() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    /// <summary>Waits for wakes one by one.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly System.Threading.Channels.Channel<StoreWake> _heard = System.Threading.Channels.Channel.CreateUnbounded<StoreWake>();
        private readonly IDisposable _subscription;

        public Listener(PostgreSqlStore store) => _subscription = store.Claims.Subscribe(wake => _heard.Writer.TryWrite(wake));

        public async Task HeardAsync(StoreWake wake)
        {
            using var limit = new CancellationTokenSource(Hangs, TimeProvider.System);
            while (!(await _heard.Reader.ReadAsync(limit.Token)).HasFlag(wake))
            {
            }
        }

        public void Dispose() => _subscription.Dispose();
    }
}
