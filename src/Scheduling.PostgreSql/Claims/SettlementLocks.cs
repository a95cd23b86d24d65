using Scheduling.PostgreSql.Rows;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>What a transaction has locked for the results it writes.</summary>
internal sealed class SettlementLocks(ExecutionIdSource ids)
{
    public Dictionary<TenantId, TenantRow> Limits { get; } = [];

    public HashSet<TurnKey> Turns { get; } = [];

    public LockedJobs Jobs { get; } = new(ids);

    /// <summary>The locked turns whose work became ready.</summary>
    public IEnumerable<TurnKey> Readied => Jobs.Slices.Values
        .Where(static slice => slice.HasNewlyReady)
        .Select(static slice => new TurnKey(slice.Due.Tenant, slice.Due.Executor))
        .Distinct();
}
