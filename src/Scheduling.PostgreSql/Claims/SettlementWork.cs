using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Jobs;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>The results that one transaction writes: locks what they touch, applies them. A transaction that guessed wrongly which turns it needs is made again with what it learnt.</summary>
internal sealed class SettlementWork
{
    private readonly IReadOnlyList<Settlement> _settlements;
    private readonly Guid[] _jobs;
    private readonly string[] _tenants;
    private readonly HashSet<Guid> _readying;

    public SettlementWork(IReadOnlyList<Settlement> settlements)
    {
        _settlements = settlements;
        _jobs = [.. settlements.Select(static one => one.JobId.Value).Distinct()];
        _tenants = [.. settlements.Select(static one => one.Tenant.Value).Distinct(StringComparer.Ordinal)];
        _readying = [.. settlements.Where(static one => one.Kind != SettlementKind.End).Select(static one => one.JobId.Value)];
    }

    public bool IsEmpty => _settlements.Count == 0;

    public IReadOnlyList<string> Tenants => _tenants;

    public void AddTo(SqlBatch batch)
    {
        batch.Add("lock_tenants", Param.Texts(_tenants));
        batch.Add("lock_turns_for_results", Param.Texts(_tenants), Param.Uuids(_readying));
        LockedJobs.AddTo(batch, _jobs, withDefinitions: false);
    }

    /// <summary>Reads what was locked; afterwards the reader stands at the next statement's answer.</summary>
    public static async Task<SettlementLocks> ReadAsync(SqlResults reader, StoreTransaction transaction, CancellationToken ct)
    {
        var locks = new SettlementLocks(transaction.Ids);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var columns = reader.Row;
            var tenant = new TenantId(columns.Text());
            locks.Limits[tenant] = TenantColumns.Read(tenant, ref columns);
        }
        await reader.NextAsync(ct).ConfigureAwait(false);
        locks.Turns.UnionWith(await JobLookup.ReadTurnsAsync(reader, ct).ConfigureAwait(false));
        await locks.Jobs.ReadAsync(reader, withDefinitions: false, transaction.Now, ct).ConfigureAwait(false);
        return locks;
    }

    /// <summary>Applies the results in order.</summary>
    public async Task<SettlementOutcome[]> ApplyAsync(SettlementLocks locks, StoreTransaction transaction, CancellationToken ct)
    {
        var outcomes = new SettlementOutcome?[_settlements.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = Apply(locks, _settlements[i], transaction);
        if (Array.IndexOf(outcomes, null) >= 0)
            await LookUpAsync(outcomes, transaction, ct).ConfigureAwait(false);
        RequireTurns(locks);
        foreach (var slice in locks.Jobs.Slices.Values)
        {
            if (locks.Limits.TryGetValue(slice.Due.Tenant, out var limit))
                limit.Running += slice.RunningDelta;
        }
        return Array.ConvertAll(outcomes, static outcome => outcome!.Value);
    }

    /// <summary>Notes what others may do now: what became ready, and what a freed place of a limited tenant lets go. What is ready later this process sees to itself.</summary>
    public static void NoteWork(SettlementLocks locks, StoreTransaction transaction)
    {
        var readied = locks.Jobs.Slices.Values.Where(static slice => slice.HasNewlyReady).ToList();
        var hasRoom = locks.Limits.Count > 0 && locks.Jobs.Slices.Values.Any(slice => slice.RunningDelta < 0 && locks.Limits.ContainsKey(slice.Due.Tenant));
        if (readied.Count > 0 || hasRoom)
            transaction.NoteWork(hasRoom || readied.Exists(slice => slice.Open.Any(run => run.ReadyAt <= transaction.Now)));
    }

    private static SettlementOutcome? Apply(SettlementLocks locks, Settlement settlement, StoreTransaction transaction)
    {
        if (!locks.Jobs.Slices.TryGetValue(settlement.JobId, out var slice))
            return null;
        if (slice.Settle(settlement, transaction.Now) is { } outcome)
            return outcome;
        // It may have ended a moment ago, by a result of the same batch.
        var ended = slice.Removed.FirstOrDefault(run => run.Id == settlement.Id);
        return ended is null ? null : JobSlice.OutcomeOfEnded(settlement, ended.Token, ended.IsTokenVoid);
    }

    /// <summary>Results of executions that are not open: written before, or refused.</summary>
    private async Task LookUpAsync(SettlementOutcome?[] outcomes, StoreTransaction transaction, CancellationToken ct)
    {
        var open = _settlements.Where((_, i) => outcomes[i] is null).ToList();
        var ended = new Dictionary<ExecutionId, (long Token, bool IsVoid)>();
        var reader = await transaction.Batch().Add("ended_tokens", Param.Uuids(open.Select(static one => one.JobId.Value)), Param.Uuids(open.Select(static one => one.Id.Value))).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                ended[new ExecutionId(reader.Row.UuidAt(0))] = (reader.Row.LongAt(1), reader.Row.BoolAt(2));
        }
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] ??= ended.TryGetValue(_settlements[i].Id, out var row)
                ? JobSlice.OutcomeOfEnded(_settlements[i], row.Token, row.IsVoid)
                : SettlementOutcome.LeaseLost;
        }
    }

    /// <summary>Work that became ready needs its turn, and turns are locked before jobs: without it the transaction begins anew.</summary>
    private void RequireTurns(SettlementLocks locks)
    {
        var isMissing = false;
        foreach (var slice in locks.Jobs.Slices.Values)
        {
            if (!slice.HasNewlyReady || locks.Turns.Contains(new TurnKey(slice.Due.Tenant, slice.Due.Executor)))
                continue;
            isMissing = true;
            _readying.Add(slice.Due.Id.Value);
        }
        if (isMissing)
            throw new MovedException();
    }
}
