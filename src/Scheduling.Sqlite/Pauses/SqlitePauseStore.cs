using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>Pauses of tenants and executors in a SQLite file. Decisions run on the writer's thread.</summary>
internal sealed class SqlitePauseStore(StoreAccess store) : IPauseStore
{
    public ValueTask<ScopedPause?> WriteAsync(WritePauseRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => Write(session, request, now), cancellationToken);

    public ValueTask<IReadOnlyList<ScopedPause>> ListAsync(ListPausesRequest request, CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Pauses.List(request, session.Now()), cancellationToken);

    private static ScopedPause? Write(WriteSession session, WritePauseRequest request, Instant now)
    {
        var current = session.Pauses.Current(request.Scope, now);
        var decided = request.Decide(current, now);
        if (decided is null || decided == current)
            return current;
        session.Pauses.Write(decided);

        // A tenant's turns come or stay away at once; an executor's are left alone, and claims pass over the executor.
        if (request.Scope.Tenant is { } tenant)
            session.Turns.TouchOf(tenant, request.Scope.Executor);
        else
            session.Wakes.Add(StoreWake.Work);
        return decided;
    }
}
