using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Jobs;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Executions;

/// <summary>Executions in PostgreSQL, as people ask for them and look at them.</summary>
internal sealed class PgExecutionStore(Database database) : IExecutionStore
{
    public ValueTask<EnqueueResponse> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken)
    {
        var asked = new RunNow(request);
        return database.RunAsync(asked.RunAsync, cancellationToken);
    }

    public ValueTask<Execution?> GetAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => ExecutionReading.GetAsync(transaction, tenant, id, ct), cancellationToken);

    public ValueTask<IReadOnlyList<Execution>?> ListAsync(ListExecutionsRequest request, CancellationToken cancellationToken) => database.RunAsync(
        async (transaction, ct) =>
        {
            JobId? job = null;
            if (request.Job is { } reference && (job = (await JobLookup.FindAsync(transaction, request.Tenant, reference, ct).ConfigureAwait(false)).Job) is null)
                return null;
            return (IReadOnlyList<Execution>?)await ExecutionReading.ListAsync(transaction, request, job, ct).ConfigureAwait(false);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<RunEvent>?> ListEventsAsync(ListRunEventsRequest request, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => EventReading.ListAsync(transaction, request, ct), cancellationToken);

    public ValueTask<CancelResponse?> CancelAsync(CancelRequest request, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => CancelAsync(transaction, request, ct), cancellationToken);

    private static async Task<CancelResponse?> CancelAsync(StoreTransaction transaction, CancelRequest request, CancellationToken ct)
    {
        if (await FindJobAsync(transaction, request, ct).ConfigureAwait(false) is not { } job)
        {
            var ended = await ExecutionReading.GetAsync(transaction, request.Tenant, request.Id, ct).ConfigureAwait(false);
            return ended is null ? null : new CancelResponse { Execution = ended, Accepted = false };
        }
        var slice = await JobLookup.LockAsync(transaction, job, ct).ConfigureAwait(false);
        var run = slice.Find(request.Id) ?? throw new MovedException();
        slice.Cancel(run, request.Reason, transaction.Now);
        if (!run.IsEnded)
            transaction.NoteCancel();
        else if (slice.HasNewlyReady)
            transaction.NoteWork(elsewhere: true);
        await WriteAsync(transaction, slice, ct).ConfigureAwait(false);
        var execution = run.ToExecution(slice.Due.Definition.Key!);
        return new CancelResponse { Execution = run.IsEnded ? execution with { EndedAt = transaction.Now } : execution, Accepted = true };
    }

    private static async Task WriteAsync(StoreTransaction transaction, JobSlice slice, CancellationToken ct)
    {
        var batch = transaction.Batch();
        SliceWriter.Add(batch, [slice], transaction.Now);
        TurnWriter.Add(batch, [new TurnKey(slice.Due.Tenant, slice.Due.Executor)], transaction.Now);
        await batch.Commit().ExecuteAsync(ct).ConfigureAwait(false);
    }

    private static async Task<JobId?> FindJobAsync(StoreTransaction transaction, CancelRequest request, CancellationToken ct)
    {
        var reader = await transaction.Batch().Add("find_run", Param.Text(request.Tenant.Value), Param.Uuid(request.Id.Value)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await reader.ReadAsync(ct).ConfigureAwait(false) ? new JobId(reader.Row.UuidAt(0)) : null;
    }
}
