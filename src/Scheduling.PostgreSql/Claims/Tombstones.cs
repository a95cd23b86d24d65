using Scheduling.PostgreSql.Connections;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Removes deleted jobs with their history, and with the last job of a turn or a tenant what is left of these: nothing stays of tenants that have gone.</summary>
internal static class Tombstones
{
    /// <summary>What was removed in one transaction.</summary>
    internal readonly record struct Cleared(int Executions, int Jobs, bool HasMore);

    public static async Task<Cleared> ClearAsync(StoreTransaction transaction, int most, CancellationToken ct)
    {
        var jobs = await FindAsync(transaction.Batch().Add("find_tombstones", Param.Int(most)), ct).ConfigureAwait(false);
        if (jobs.Length == 0)
            return default;
        var (executions, removed) = await RemoveAsync(transaction, jobs, most, ct).ConfigureAwait(false);
        if (removed.Count > 0)
            await ForgetAsync(transaction, removed, ct).ConfigureAwait(false);
        await transaction.Batch().Commit().ExecuteAsync(ct).ConfigureAwait(false);
        return new Cleared(executions, removed.Count, executions == most || removed.Count == most);
    }

    private static async Task<(int Executions, List<(string Tenant, string Executor)> Removed)> RemoveAsync(StoreTransaction transaction, Guid[] jobs, int most, CancellationToken ct)
    {
        var removed = new List<(string, string)>();
        var reader = await transaction.Batch().Add("clear_history", Param.Uuids(jobs), Param.Int(most)).Add("remove_jobs", Param.Uuids(jobs)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadAsync(ct).ConfigureAwait(false);
            var executions = reader.Row.IntAt(0);
            await reader.NextAsync(ct).ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                removed.Add((reader.Row.TextAt(0), reader.Row.TextAt(1)));
            return (executions, removed);
        }
    }

    // The locks are tried and never waited for, so their order does not matter; what somebody else has right now is not idle.
    private static async Task ForgetAsync(StoreTransaction transaction, List<(string Tenant, string Executor)> removed, CancellationToken ct)
    {
        var turns = removed.Distinct().ToList();
        var tenants = turns.Select(static turn => turn.Tenant).Distinct(StringComparer.Ordinal).ToList();
        var locked = new List<(string Tenant, string Executor)>();
        var free = new List<string>();
        var reader = await transaction.Batch()
            .Add("lock_idle_turns", Param.Texts(turns.Select(static turn => turn.Tenant)), Param.Texts(turns.Select(static turn => turn.Executor)))
            .Add("lock_idle_tenants", Param.Texts(tenants))
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                locked.Add((reader.Row.TextAt(0), reader.Row.TextAt(1)));
            await reader.NextAsync(ct).ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                free.Add(reader.Row.TextAt(0));
        }
        await transaction.Batch()
            .Add("delete_idle_turns", Param.Texts(locked.Select(static turn => turn.Tenant)), Param.Texts(locked.Select(static turn => turn.Executor)))
            .Add("delete_idle_tenants", Param.Texts(free))
            .ExecuteAsync(ct).ConfigureAwait(false);
    }

    private static async Task<Guid[]> FindAsync(SqlBatch batch, CancellationToken ct)
    {
        var jobs = new List<Guid>();
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                jobs.Add(reader.Row.UuidAt(0));
        }
        return [.. jobs];
    }
}
