namespace Scheduling.PostgreSql.Rows;

/// <summary>The name of a turn: a tenant's work for one executor.</summary>
internal readonly record struct TurnKey(TenantId Tenant, string Executor) : IComparable<TurnKey>
{
    public int CompareTo(TurnKey other)
    {
        var byTenant = Tenant.CompareTo(other.Tenant);
        return byTenant != 0 ? byTenant : string.CompareOrdinal(Executor, other.Executor);
    }
}
