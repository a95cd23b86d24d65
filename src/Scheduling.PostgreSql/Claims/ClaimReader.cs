using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Reads the turns that a claim has locked, with their jobs and those jobs' open executions. Jobs and limits that the transaction has changed already are taken from it, not from what was read.</summary>
internal sealed class ClaimReader(StoreTransaction transaction, IReadOnlyDictionary<JobId, JobSlice> settled, Dictionary<TenantId, TenantRow> limits)
{
    /// <summary>How many rows were read, turns with nothing due among them.</summary>
    public int RowCount { get; private set; }

    public async Task<List<ClaimTurn>> ReadAsync(SqlResults reader, CancellationToken ct)
    {
        var turns = new Dictionary<TurnKey, ClaimTurn>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            ReadRow(reader.Row, turns);
            RowCount++;
        }
        return [.. turns.Values.OrderBy(static turn => turn.TurnAt ?? turn.HeldSince)];
    }

    /// <summary>Makes slices of what was read. Open executions are read in a statement of their own, whose snapshot is younger than the locks.</summary>
    /// <returns>The jobs whose definition cannot be read; they are stopped.</returns>
    public async Task<List<JobSlice>> CompleteAsync(List<ClaimTurn> turns, bool readsPauses, PauseBook pauses, CancellationToken ct)
    {
        var busy = turns.SelectMany(static turn => turn.Rows).Where(one => one.Row.Open > 0 && !settled.ContainsKey(one.Row.Id)).Select(static one => one.Row.Id.Value).ToArray();
        var open = (await ReadOpenAsync(busy, readsPauses ? turns : [], pauses, ct).ConfigureAwait(false)).ToLookup(static run => run.JobId);
        var broken = new List<JobSlice>();
        foreach (var turn in turns)
        {
            foreach (var (row, problem) in turn.Rows)
            {
                var slice = settled.GetValueOrDefault(row.Id) ?? new JobSlice(row, open[row.Id], transaction.Ids);
                turn.Jobs.Add(slice);
                if (problem is null || row.Fault is not null)
                    continue;
                slice.Break(LockedJobs.Unreadable(problem, transaction.Now));
                broken.Add(slice);
            }
            turn.IsPaused = pauses.Holding(turn.Key.Tenant, turn.Key.Executor, transaction.Now) is not null;
            turn.Sort(transaction.Now);
        }
        return broken;
    }

    private async Task<List<RunRow>> ReadOpenAsync(Guid[] jobs, List<ClaimTurn> paused, PauseBook pauses, CancellationToken ct)
    {
        if (jobs.Length == 0 && paused.Count == 0)
            return [];
        var batch = transaction.Batch().Add("runs_of_jobs", Param.Uuids(jobs));
        if (paused.Count > 0)
            batch.Add("pauses_of_turns", Param.Texts(paused.Select(static turn => turn.Key.Tenant.Value).Distinct(StringComparer.Ordinal)), Param.Texts(paused.Select(static turn => turn.Key.Executor).Distinct(StringComparer.Ordinal)));
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var runs = await RunColumns.ReadAllAsync(reader, ct).ConfigureAwait(false);
            if (paused.Count > 0 && await reader.NextAsync(ct).ConfigureAwait(false))
            {
                foreach (var pause in await PauseColumns.ReadAllAsync(reader, ct).ConfigureAwait(false))
                    pauses.Put(pause);
            }
            return runs;
        }
    }

    private void ReadRow(ColumnReader columns, Dictionary<TurnKey, ClaimTurn> turns)
    {
        var key = new TurnKey(new TenantId(columns.Text()), columns.Text());
        if (turns.TryGetValue(key, out var turn))
            columns.Skip(5 + TenantColumns.Count);
        else
            turns[key] = turn = ReadTurn(key, ref columns);
        if (!columns.IsNull)
            ReadJob(turn, ref columns);
    }

    private ClaimTurn ReadTurn(TurnKey key, ref ColumnReader columns) => new()
    {
        Key = key,
        TurnAt = columns.TimeOrNull(),
        HeldSince = columns.TimeOrNull(),
        IsLimited = columns.Bool(),
        Limit = ReadLimit(key.Tenant, ref columns),
        Share = columns.Int(),
    };

    private TenantRow? ReadLimit(TenantId tenant, ref ColumnReader columns)
    {
        if (columns.TextOrNull() is null)
        {
            columns.Skip(TenantColumns.Count);
        }
        else
        {
            // What this transaction has counted already is newer than what it read.
            var read = TenantColumns.Read(tenant, ref columns);
            limits.TryAdd(tenant, read);
        }
        return limits.GetValueOrDefault(tenant);
    }

    private void ReadJob(ClaimTurn turn, ref ColumnReader columns)
    {
        turn.Found++;
        var id = new JobId(columns.Uuid());
        if (turn.Rows.Exists(one => one.Row.Id == id))
            return;
        var row = DueColumns.Read(id, ref columns);
        if (settled.TryGetValue(id, out var slice))
            row = slice.Due;
        try
        {
            turn.Rows.Add((row, JobColumns.Complete(row, ref columns)));
        }
        catch (MovedException)
        {
            // It was edited between the look at its definition and its lock: the next claim sees both.
            turn.HasMore = true;
        }
    }
}
