using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>One attempt at one claim: settles, takes turns in rounds, renews the process's row, all in one transaction (ClaimProtocol.md).</summary>
internal sealed class ClaimTransaction(StoreTransaction transaction, ClaimRequest request, SettlementWork settlement, TurnYield yield)
{
    // Each round looks at more turns than the one before left places for, so a few are enough; what is left then is for the next claim.
    private const int MostRounds = 12;

    private readonly string[] _executors = [.. request.Executors.Select(static lane => lane.Key)];
    private SettlementLocks _settled = null!;
    private SettlementOutcome[] _outcomes = [];
    private ClaimRound _round = null!;
    private int[] _limits = [];

    // The places of the last look: those that anybody may have, and those that are kept for tenants with nothing running here, one for each.
    private int _places;
    private int _kept;
    private bool _isCut;
    private readonly PauseBook _pauses = new();
    private bool _hasPauses;

    /// <summary>Makes the claim.</summary>
    /// <returns>The answer; null when parked jobs must be taken up first, and nothing was done.</returns>
    public async Task<ClaimResponse?> RunAsync(CancellationToken ct)
    {
        List<ClaimTurn>? turns;
        bool isReplay;
        var reader = await FirstBatch().ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadAsync(ct).ConfigureAwait(false);
            isReplay = reader.Row.BoolAt(0);
            if (reader.Row.BoolAt(1))
                return null;
            _hasPauses = reader.Row.BoolAt(2);
            await reader.NextAsync(ct).ConfigureAwait(false);
            _settled = settlement.IsEmpty ? new SettlementLocks(transaction.Ids) : await SettlementWork.ReadAsync(reader, transaction, ct).ConfigureAwait(false);
            turns = request.Free > 0 ? await ReadTurnsAsync(reader, isFirst: true, ct).ConfigureAwait(false) : [];
        }
        if (!settlement.IsEmpty)
            _outcomes = await settlement.ApplyAsync(_settled, transaction, ct).ConfigureAwait(false);
        _round = new ClaimRound(request, transaction.Now, _pauses);
        return isReplay ? await ReplayAsync(ct).ConfigureAwait(false) : await ServeAsync(turns, ct).ConfigureAwait(false);
    }

    private SqlBatch FirstBatch()
    {
        var batch = transaction.Batch().Add("claim_begin", Param.Uuid(request.Owner.Value), Param.Long(request.Number), Param.Texts(_executors));
        if (!settlement.IsEmpty)
            settlement.AddTo(batch);
        if (request.Free > 0)
            AddWork(batch, transaction.TestNow, request.Free, key => request.Executors.First(lane => string.Equals(lane.Key, key, StringComparison.Ordinal)).Free, request.BusyTenants, settlement.Tenants);
        return batch;
    }

    private void AddWork(SqlBatch batch, Instant? now, int free, Func<string, int> freeOf, IEnumerable<TenantId> busy, IEnumerable<string> freed)
    {
        _places = Math.Max(0, free - request.Reserved);
        _kept = free - _places;
        var occupied = _kept == 0 ? [] : busy.Select(static tenant => tenant.Value).ToArray();
        var singles = Array.ConvertAll(_executors, executor => Math.Min(_kept, freeOf(executor)));

        // Those of busy tenants are passed over, so some more are looked at; what is locked and not read costs little.
        var looked = _places > 0 ? Array.ConvertAll(singles, single => single + Math.Min(single, occupied.Length)) : singles;
        var most = Array.ConvertAll(_executors, executor => yield.TurnsFor(Math.Min(_places, freeOf(executor))));
        _limits = _places > 0 ? most : singles;
        batch.Add(
            "claim_work",
            Param.Time(now),
            Param.Texts(_executors),
            Param.Ints(most),
            Param.Int(_places),
            Param.Int(ClaimRound.Quantum),
            Param.Texts(_places > 0 ? [] : occupied),
            Param.Texts(freed),
            Param.Ints(looked),
            Param.Int(_kept),
            Param.Texts(occupied));
    }

    /// <summary>Turns that may have one place say nothing of how much work turns have.</summary>
    private void Learn(List<ClaimTurn> turns)
    {
        var whole = turns.FindAll(static turn => !turn.IsSingle);
        yield.Learn(whole.Count, whole.Sum(static turn => turn.Yield));
    }

    private async Task<List<ClaimTurn>> ReadTurnsAsync(SqlResults results, bool isFirst, CancellationToken ct)
    {
        var reader = Reader(isFirst);
        var turns = await reader.ReadAsync(results, ct).ConfigureAwait(false);
        _isCut = reader.RowCount >= _places + _kept + ClaimRound.Quantum;
        return turns;
    }

    private ClaimReader Reader(bool isFirst) => new(transaction, isFirst ? _settled.Jobs.Slices : new Dictionary<JobId, JobSlice>(), _settled.Limits);

    private async Task<ClaimResponse> ServeAsync(List<ClaimTurn> turns, CancellationToken ct)
    {
        for (var rounds = 1; ; rounds++)
        {
            var broken = await Reader(rounds == 1).CompleteAsync(turns, _hasPauses, _pauses, ct).ConfigureAwait(false);
            _round.Faults.AddRange(broken.Select(static slice => new FaultedJob(slice.Due.Tenant, slice.Due.Id, slice.Due.Fault!)));
            _round.Serve(turns);
            Learn(turns);
            var batch = transaction.Batch();
            Write(batch, turns, isFirst: rounds == 1);
            if (rounds == MostRounds || !MayHaveMore(turns))
                return await EndAsync(batch, rounds == MostRounds, ct).ConfigureAwait(false);
            AddWork(batch, transaction.Now, _round.Free, _round.FreeOf, _round.Busy, []);
            var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                turns = await ReadTurnsAsync(reader, isFirst: false, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Whether another look with the places that are left may find more: not all that was locked was read, a turn has more than was read, or more turns may have come than were looked at.</summary>
    private bool MayHaveMore(List<ClaimTurn> turns)
    {
        if (_round.Free == 0 || _round.Patience == 0 || turns.Count == 0)
            return false;
        if (_isCut)
            return true;
        for (var i = 0; i < _executors.Length; i++)
        {
            if (_round.FreeOf(_executors[i]) > 0 && turns.Count(turn => string.Equals(turn.Key.Executor, _executors[i], StringComparison.Ordinal)) >= _limits[i])
                return true;
        }
        return turns.Exists(turn => turn is { HasMore: true, WasServed: true, HeldUntil: null, IsContended: false, IsPaused: false } && _round.FreeOf(turn.Key.Executor) > 0);
    }

    private void Write(SqlBatch batch, List<ClaimTurn> turns, bool isFirst)
    {
        var slices = turns.SelectMany(static turn => turn.Jobs).ToHashSet();
        var written = turns.Select(static turn => new TurnWriter.Turn(turn.Key, turn.WasServed || !turn.HasWork, turn.HeldUntil)).ToList();
        if (isFirst)
        {
            slices.UnionWith(_settled.Jobs.Slices.Values);
            var known = turns.Select(static turn => turn.Key).ToHashSet();
            written.AddRange(_settled.Readied.Where(key => !known.Contains(key)).Select(static key => new TurnWriter.Turn(key)));
        }
        if (isFirst && !settlement.IsEmpty)
            SettlementWork.NoteWork(_settled, transaction);
        SliceWriter.Add(batch, slices, transaction.Now);
        AddRates(batch);
        TurnWriter.Add(batch, written, transaction.Now);
    }

    private void AddRates(SqlBatch batch)
    {
        var rated = _settled.Limits.Values.Where(static tenant => tenant.Limits.MaximumRate is not null).ToList();
        if (rated.Count > 0)
            batch.Add("write_rates", Param.Texts(rated.Select(static tenant => tenant.Tenant.Value)), Param.Times(rated.Select(static tenant => tenant.RateFullAt)));
    }

    private async Task<ClaimResponse> EndAsync(SqlBatch batch, bool isCutShort, CancellationToken ct)
    {
        batch
            .Add("touch_process", Param.Uuid(request.Owner.Value), Param.Text(request.Node), Param.Texts(_executors), Param.Time(transaction.Now), Param.Long(ProcessLease.MicrosecondsOf(request.Lease)))
            .Add("next_wake", Param.Time(transaction.Now), Param.Texts(_executors), Param.Uuid(request.Owner.Value))
            .Commit();
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var ending = await ClaimEnding.ReadAsync(reader, ct).ConfigureAwait(false);
            return ending.Answer(_round, _outcomes, transaction.Now, isCutShort || _settled.Readied.Any(key => _round.FreeOf(key.Executor) > 0));
        }
    }

    /// <summary>The claim was made before: the same runs again, as far as they still run.</summary>
    private async Task<ClaimResponse> ReplayAsync(CancellationToken ct)
    {
        List<RunRow> runs;
        var reader = await transaction.Batch().Add("runs_of_claim", Param.Uuid(request.Owner.Value), Param.Long(request.Number)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            runs = await RunColumns.ReadAllAsync(reader, ct).ConfigureAwait(false);
        var batch = transaction.Batch();
        LockedJobs.AddTo(batch, [.. runs.Select(static run => run.JobId.Value).Distinct()], withDefinitions: true);
        var jobs = new LockedJobs(transaction.Ids);
        reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            await jobs.ReadAsync(reader, withDefinitions: true, transaction.Now, ct).ConfigureAwait(false);
        foreach (var run in runs)
        {
            var settledSlice = _settled.Jobs.Slices.GetValueOrDefault(run.JobId);
            if (settledSlice?.Find(run.Id) is null && settledSlice is not null)
                continue; // settled along with this very repetition
            if (jobs.Slices.GetValueOrDefault(run.JobId) is { } slice && slice.Find(run.Id) is { } held)
                _round.Runs.Add(slice.ToClaimed(held, Duration.Zero));
        }
        batch = transaction.Batch();
        Write(batch, [], isFirst: true);
        return await EndAsync(batch, isCutShort: true, ct).ConfigureAwait(false);
    }
}
