using Scheduling.Policies;

namespace Scheduling.Sqlite;

/// <summary>Tenants with limits and their exact counts. Needs an open transaction.</summary>
internal sealed class TenantTable(Connection connection)
{
    // What was read in this operation; nobody else writes while its transaction is open.
    private readonly Dictionary<TenantId, TenantRow?> _read = [];

    /// <summary>The tenant's limits and count; null without limits.</summary>
    public TenantRow? Find(TenantId tenant)
    {
        if (_read.TryGetValue(tenant, out var known))
            return known;
        var query = connection.Query("tenants_read").Bind(tenant.Value);
        var row = query.Read() ? new TenantRow { MaximumRunning = query.NextInt(), Running = query.NextInt() } : null;
        query.Reset();
        return _read[tenant] = row;
    }

    /// <summary>Counts starts and ends of runs.</summary>
    /// <returns>Whether the tenant has a limit.</returns>
    public bool Count(TenantId tenant, int delta)
    {
        if (delta == 0 || Find(tenant) is not { } row)
            return false;
        row.Running += delta;
        connection.Query("tenants_count").Bind((long)delta).Bind(tenant.Value).Run();
        return true;
    }

    public int CountRunning(TenantId tenant) => (int)(connection.Query("runs_count_running").Bind(tenant.Value).ReadSingle() ?? 0);

    public void SetLimits(TenantId tenant, TenantLimits limits)
    {
        _read.Remove(tenant);
        if (limits.MaximumRunning is { } maximum)
            connection.Query("tenants_write").Bind(tenant.Value).Bind((long)maximum).Bind((long)CountRunning(tenant)).Run();
        else
            connection.Query("tenants_remove").Bind(tenant.Value).Run();
    }

    /// <summary>Forgets what was read: the operation has ended.</summary>
    public void Forget() => _read.Clear();
}
