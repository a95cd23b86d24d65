using NodaTime;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>The tables as an operation of the writer sees them, inside its transaction.</summary>
internal sealed class WriteSession
{
    private readonly TimeProvider _time;
    private readonly ReadyWork _ready;
    private long _dataVersion;

    public WriteSession(Connection connection, TimeProvider time, ExecutionIdSource ids)
    {
        _time = time;
        Connection = connection;
        _ready = new ReadyWork(connection);
        Jobs = new JobTable(connection, ids, _ready) { KeepsHot = true };
        Tenants = new TenantTable(connection);
        Pauses = new PauseTable(connection);
        Turns = new TurnTable(connection, Tenants, Pauses, _ready, Wakes);
        Processes = new ProcessTable(connection);
        Runs = new RunTable(connection, _ready);
        Executions = new ExecutionTable(connection);
    }

    public Connection Connection { get; }

    public JobTable Jobs { get; }

    public TenantTable Tenants { get; }

    public PauseTable Pauses { get; }

    public TurnTable Turns { get; }

    public ProcessTable Processes { get; }

    public RunTable Runs { get; }

    public ExecutionTable Executions { get; }

    public GatheredWakes Wakes { get; } = new();

    /// <summary>Begins a transaction, and forgets what another connection may have changed since the last one.</summary>
    public void Begin()
    {
        Connection.Run("BEGIN IMMEDIATE");
        var version = Connection.DataVersion();
        if (version != _dataVersion)
            Jobs.ForgetHot();
        _dataVersion = version;
    }

    /// <summary>The store's now.</summary>
    public Instant Now() => Instant.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>Writes a job and notes what that means for its turn and its tenant's count.</summary>
    public void Save(LockedJob job, Instant now)
    {
        if (Tenants.Count(job.Due.Tenant, job.Slice.RunningDelta, now) && job.Slice.RunningDelta < 0)
            Turns.TouchHeld(job.Due.Tenant);
        if (job.IsDueAtChanged || job.Slice.HasNewlyReady || job.Due.IsDeleted)
            Turns.Touch(job.Turn);
        Jobs.Save(job, now);
    }

    /// <summary>Ends an operation that succeeded.</summary>
    public void Finish(Instant now)
    {
        Turns.RearmTouched(now);
        Tenants.Forget();
        Pauses.Forget();
        _ready.Forget();
    }

    /// <summary>Forgets what an operation that failed has noted.</summary>
    public void Abandon()
    {
        Turns.Forget();
        Jobs.ForgetHot();
        Tenants.Forget();
        Pauses.Forget();
        _ready.Forget();
    }
}
