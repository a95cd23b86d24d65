using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Jobs;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Pauses;

/// <summary>Pauses of tenants and executors in PostgreSQL. A tenant's turns are put off, or come, with the write; an executor's are left alone, and claims pass over the executor.</summary>
internal sealed class PgPauseStore(Database database) : IPauseStore
{
    public ValueTask<ScopedPause?> WriteAsync(WritePauseRequest request, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => WriteAsync(transaction, request, ct), cancellationToken);

    public ValueTask<IReadOnlyList<ScopedPause>> ListAsync(ListPausesRequest request, CancellationToken cancellationToken) => database.RunAsync(
        async (transaction, ct) =>
        {
            var reader = await AddList(transaction.Batch(), request, transaction).Commit().ReadAsync(ct).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                return (IReadOnlyList<ScopedPause>)await PauseColumns.ReadAllAsync(reader, ct).ConfigureAwait(false);
        },
        cancellationToken);

    public static SqlBatch AddList(SqlBatch batch, ListPausesRequest request, StoreTransaction transaction) => batch.Add(
        "list_pauses",
        Param.Time(transaction.TestNow),
        Param.Text(request.Tenant?.Value),
        Param.Text(request.Executor),
        Param.Bool(request.IncludesEnded),
        Param.Text(request.After is { } after ? PauseColumns.TenantOf(after.Scope) : null),
        Param.Text(request.After is { } behind ? PauseColumns.ExecutorOf(behind.Scope) : null),
        Param.Time(request.After?.Pause.Since),
        Param.Int(request.Size));

    private static async Task<ScopedPause?> WriteAsync(StoreTransaction transaction, WritePauseRequest request, CancellationToken ct)
    {
        var current = await CurrentAsync(transaction, request.Scope, ct).ConfigureAwait(false);
        var decided = request.Decide(current, transaction.Now);
        if (decided is null || decided == current)
            return current;
        var cut = Cut(decided);
        var turns = await LockTurnsAsync(transaction, request.Scope, ct).ConfigureAwait(false);
        var batch = transaction.Batch().Add(
            "write_pause",
            Param.Text(PauseColumns.TenantOf(cut.Scope)),
            Param.Text(PauseColumns.ExecutorOf(cut.Scope)),
            Param.Time(cut.Pause.Since),
            Param.Time(cut.Pause.Until),
            Param.Text(cut.Pause.By),
            Param.Text(cut.Pause.Reason),
            Param.Time(cut.ResumedAt));
        TurnWriter.Add(batch, turns, transaction.Now);
        transaction.NoteWork(elsewhere: true);
        await batch.Commit().ExecuteAsync(ct).ConfigureAwait(false);
        return cut;
    }

    private static async Task<ScopedPause?> CurrentAsync(StoreTransaction transaction, PauseScope scope, CancellationToken ct)
    {
        var reader = await transaction.Batch()
            .Add("lock_tenant", Param.Text(PauseColumns.TenantOf(scope)))
            .Add("current_pause", Param.Time(transaction.TestNow), Param.Text(PauseColumns.TenantOf(scope)), Param.Text(PauseColumns.ExecutorOf(scope)))
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.NextAsync(ct).ConfigureAwait(false);
            return (await PauseColumns.ReadAllAsync(reader, ct).ConfigureAwait(false)).FirstOrDefault();
        }
    }

    private static async Task<HashSet<TurnKey>> LockTurnsAsync(StoreTransaction transaction, PauseScope scope, CancellationToken ct)
    {
        if (scope.Tenant is null)
            return [];
        var reader = await transaction.Batch()
            .Add("lock_turns_of_pause", Param.Text(PauseColumns.TenantOf(scope)), Param.Text(PauseColumns.ExecutorOf(scope)))
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await JobLookup.ReadTurnsAsync(reader, ct).ConfigureAwait(false);
    }

    private static ScopedPause Cut(ScopedPause pause) => pause with
    {
        Pause = pause.Pause with { Since = StoredTime.Cut(pause.Pause.Since), Until = StoredTime.Cut(pause.Pause.Until) },
        ResumedAt = StoredTime.Cut(pause.ResumedAt),
    };
}
