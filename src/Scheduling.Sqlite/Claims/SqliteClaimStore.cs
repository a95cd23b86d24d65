using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>The engine's side of a SQLite store.</summary>
internal sealed class SqliteClaimStore(StoreAccess store) : IClaimStore
{
    // An idle process renews at its safety poll only, which is at most this far away.
    private static readonly Duration LongestPoll = Duration.FromMinutes(1);

    public ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => ClaimOperation.Run(session, request, now), cancellationToken);

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => RenewOperation.Run(session, request, now), cancellationToken);

    public RenewResponse Renew(RenewRequest request) => store.Write((session, now) => RenewOperation.Run(session, request, now));

    public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => new SettleResponse { StoreNow = now, Outcomes = Settling.Settle(session, request.Settlements, now) }, cancellationToken);

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => new SweepOperation(session, request, now).Run(), cancellationToken);

    public async ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) =>
        await store.WriteAsync((session, now) => Leave(session, owner, now), cancellationToken).ConfigureAwait(false);

    public IDisposable Subscribe(Action<StoreWake> wake) => store.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) => store.ReadAsync(Inspect, cancellationToken);

    private static bool Leave(WriteSession session, OwnerId owner, Instant now)
    {
        RenewOperation.Leave(session, owner, now);
        return true;
    }

    private static StoreStatus Inspect(ReadSession session)
    {
        var now = session.Now();
        var processes = session.Processes.List();
        var present = processes.SelectMany(static process => process.Executors).ToHashSet(StringComparer.Ordinal);
        var executors = Executors(session);
        return new StoreStatus
        {
            StoreNow = now,
            OldestDue = OldestDue(session, executors, now),
            OpenExecutions = session.Runs.Count(),
            LiveProcesses = processes.Count(process => process.LeaseUntil > now - LongestPoll),
            ExecutorsWithoutNode = [.. executors.Where(executor => !present.Contains(executor))],
            Pauses = session.Pauses.List(new ListPausesRequest { Size = StoreStatus.MaximumPauses }, now),
            ParkedJobs = (int)(session.Connection.Query("due_count_parked").ReadSingle() ?? 0),
        };
    }

    /// <summary>The earliest work that has come, but for executors that are paused for all tenants.</summary>
    private static Instant? OldestDue(ReadSession session, List<string> executors, Instant now)
    {
        Instant? oldest = null;
        foreach (var executor in executors)
        {
            if (session.Pauses.HoldingExecutor(executor, now) is not null)
                continue;
            var ticks = session.Connection.Query("turns_oldest_due").Bind(executor).Bind(now).ReadSingle() ?? Ticks.None;
            if (ticks <= now.ToUnixTimeTicks() && !(oldest <= Ticks.ToInstant(ticks)))
                oldest = Ticks.ToInstant(ticks);
        }
        return oldest;
    }

    private static List<string> Executors(ReadSession session)
    {
        var query = session.Connection.Query("turns_executors");
        var executors = new List<string>();
        while (query.Read())
            executors.Add(query.NextText());
        executors.Sort(StringComparer.Ordinal);
        return executors;
    }
}
