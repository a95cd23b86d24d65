using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Pauses;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Claims;

/// <summary>The engine's side of the PostgreSQL store: the protocol of ClaimProtocol.md, every call one short transaction.</summary>
internal sealed class PgClaimStore(Database database) : IClaimStore
{
    private const int OrphansAtOnce = 500;

    // An idle process renews at its safety poll only, which is at most this many seconds away.
    private const int LongestPoll = 60;

    private readonly TurnYield _yield = new();

    public async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var settlement = new SettlementWork(request.Settlements);
            var claim = await database.RunAsync(
                (transaction, ct) => new ClaimTransaction(transaction, request, settlement, _yield).RunAsync(ct), cancellationToken).ConfigureAwait(false);
            if (claim is not null)
                return claim;
            await new ParkedJobs(database).TakeUpAsync([.. request.Executors.Select(static lane => lane.Key)], cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) => new Renewal(database, request).RunAsync(cancellationToken);

    public RenewResponse Renew(RenewRequest request) => new Renewal(database, request).Run();

    public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken)
    {
        var settlement = new SettlementWork(request.Settlements);
        return database.RunAsync((transaction, ct) => SettleAsync(transaction, settlement, ct), cancellationToken);
    }

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) => new Sweep(database, request).RunAsync(cancellationToken);

    public async ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken)
    {
        var taken = new Orphans.Taken { HasMore = true };
        while (taken.HasMore)
            taken = await database.RunAsync((transaction, ct) => Orphans.LeaveAsync(transaction, owner, OrphansAtOnce, ct), cancellationToken).ConfigureAwait(false);
    }

    public IDisposable Subscribe(Action<StoreWake> wake) => database.Wakes.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) => database.RunAsync(InspectAsync, cancellationToken);

    private static async Task<SettleResponse> SettleAsync(StoreTransaction transaction, SettlementWork settlement, CancellationToken ct)
    {
        var batch = transaction.Batch();
        settlement.AddTo(batch);
        SettlementLocks locks;
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            locks = await SettlementWork.ReadAsync(reader, transaction, ct).ConfigureAwait(false);
        var outcomes = await settlement.ApplyAsync(locks, transaction, ct).ConfigureAwait(false);
        var writes = transaction.Batch();
        SliceWriter.Add(writes, [.. locks.Jobs.Slices.Values], transaction.Now);
        TurnWriter.Add(writes, [.. locks.Readied], transaction.Now);
        SettlementWork.NoteWork(locks, transaction);
        await writes.Commit().ExecuteAsync(ct).ConfigureAwait(false);
        return new SettleResponse { StoreNow = transaction.Now, Outcomes = outcomes };
    }

    private static async Task<StoreStatus> InspectAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var pauses = new ListPausesRequest { Size = StoreStatus.MaximumPauses };
        var reader = await PgPauseStore.AddList(transaction.Batch(), pauses, transaction)
            .Add("inspect", Param.Time(transaction.TestNow), Param.Int(LongestPoll))
            .Add("executors_without_node")
            .Commit()
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var paused = await PauseColumns.ReadAllAsync(reader, ct).ConfigureAwait(false);
            await reader.ReadAsync(ct).ConfigureAwait(false);
            var columns = reader.Row;
            var status = new StoreStatus
            {
                StoreNow = transaction.Now,
                OldestDue = columns.TimeOrNull(),
                OpenExecutions = columns.Int(),
                LiveProcesses = columns.Int(),
                ParkedJobs = columns.Int(),
                Pauses = paused,
            };
            return status with { ExecutorsWithoutNode = await ReadNamesAsync(reader, ct).ConfigureAwait(false) };
        }
    }

    private static async Task<List<string>> ReadNamesAsync(SqlResults reader, CancellationToken ct)
    {
        var names = new List<string>();
        await reader.NextAsync(ct).ConfigureAwait(false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            names.Add(reader.Row.TextAt(0));
        return names;
    }
}
