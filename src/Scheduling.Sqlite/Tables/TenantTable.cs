using NodaTime;
using Scheduling.Policies;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Tenants with limits and what they have used of them, exactly. Needs an open transaction.</summary>
internal sealed class TenantTable(Connection connection)
{
    // What was read in this operation; nobody else writes while its transaction is open.
    private readonly Dictionary<TenantId, TenantRow?> _read = [];
    private bool? _any;

    /// <summary>The tenant's limits and what it has used of them; null without limits.</summary>
    public TenantRow? Find(TenantId tenant)
    {
        if (!Any)
            return null;
        if (_read.TryGetValue(tenant, out var known))
            return known;
        var query = connection.Query("tenants_read").Bind(tenant.Value);
        var row = query.Read()
            ? new TenantRow
            {
                Tenant = tenant,
                Limits = new TenantLimits { MaximumRunning = (int?)query.NextLongOrNull(), MaximumRate = ReadRate(query) },
                Running = query.NextInt(),
                RateFullAt = query.NextInstantOrNull(),
            }
            : null;
        query.Reset();
        return _read[tenant] = row;
    }

    /// <summary>Counts a start, or ends of runs.</summary>
    /// <returns>Whether the tenant has limits.</returns>
    public bool Count(TenantId tenant, int delta, Instant now)
    {
        if (delta == 0 || Find(tenant) is not { } row)
            return false;
        if (delta < 0)
            row.Running += delta;
        for (var start = 0; start < delta; start++)
            row.CountStart(now);
        connection.Query("tenants_count").Bind((long)row.Running).Bind(row.RateFullAt).Bind(tenant.Value).Run();
        return true;
    }

    public int CountRunning(TenantId tenant) => (int)(connection.Query("runs_count_running").Bind(tenant.Value).ReadSingle() ?? 0);

    /// <summary>Sets the limits; a new rate begins with a full bucket.</summary>
    public void SetLimits(TenantId tenant, TenantLimits limits)
    {
        var old = Find(tenant);
        _read.Remove(tenant);
        _any = null;
        if (limits == TenantLimits.None)
        {
            connection.Query("tenants_remove").Bind(tenant.Value).Run();
            return;
        }
        var rate = limits.MaximumRate;
        connection.Query("tenants_write")
            .Bind(tenant.Value).Bind((long?)limits.MaximumRunning).Bind((long?)rate?.Runs).Bind(rate?.Per.ToInt64Nanoseconds())
            .Bind((long)CountRunning(tenant)).Bind(rate == old?.Limits.MaximumRate ? old?.RateFullAt : null)
            .Run();
    }

    /// <summary>Forgets what was read: the operation has ended.</summary>
    public void Forget()
    {
        _read.Clear();
        _any = null;
    }

    // Most programs have no limits at all.
    private bool Any => _any ??= connection.Query("tenants_any").ReadSingle() is not null;

    private static RunRate? ReadRate(Statement row)
    {
        var (runs, nanoseconds) = (row.NextLongOrNull(), row.NextLongOrNull());
        return runs is { } count && nanoseconds is { } per ? new RunRate((int)count, Duration.FromNanoseconds(per)) : null;
    }
}
