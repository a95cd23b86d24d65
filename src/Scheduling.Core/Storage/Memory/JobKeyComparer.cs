using System.Runtime.CompilerServices;

namespace Scheduling.Storage;

/// <summary>Compares a tenant's job keys: the tenant by reference, the key ordinally.</summary>
internal sealed class JobKeyComparer : IEqualityComparer<(TenantEntry Tenant, string Key)>
{
    public static JobKeyComparer Instance { get; } = new();

    public bool Equals((TenantEntry Tenant, string Key) x, (TenantEntry Tenant, string Key) y) =>
        ReferenceEquals(x.Tenant, y.Tenant) && string.Equals(x.Key, y.Key, StringComparison.Ordinal);

    public int GetHashCode((TenantEntry Tenant, string Key) obj) =>
        (RuntimeHelpers.GetHashCode(obj.Tenant) * 397) ^ obj.Key.GetHashCode(StringComparison.Ordinal);
}
