using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Jobs;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Executions;

/// <summary>One request for a run now. Lives for all attempts of the call, so that it knows its own run again when only the answer was lost.</summary>
internal sealed class RunNow(EnqueueRequest request)
{
    private ExecutionId? _sent;

    public async Task<EnqueueResponse> RunAsync(StoreTransaction transaction, CancellationToken ct)
    {
        if (_sent is { } sent && await ExecutionReading.GetAsync(transaction, request.Tenant, sent, ct).ConfigureAwait(false) is { } written)
            return new EnqueueResponse { Outcome = EnqueueOutcome.Enqueued, Execution = written };
        var (job, pauses) = await JobLookup.FindAsync(transaction, request.Tenant, request.Job, ct).ConfigureAwait(false);
        if (job is not { } id)
            return new EnqueueResponse { Outcome = EnqueueOutcome.NotFound };
        var slice = await JobLookup.LockAsync(transaction, id, ct).ConfigureAwait(false);
        if (await EarlierAsync(transaction, id, ct).ConfigureAwait(false) is { } earlier)
            return new EnqueueResponse { Outcome = EnqueueOutcome.Repeated, Execution = earlier };
        if (pauses.Holding(slice.Due.Tenant, slice.Due.Executor, transaction.Now) is { } pause)
            return new EnqueueResponse { Outcome = EnqueueOutcome.Paused, Pause = pause };
        if (slice.InTheWay() is { } blocking)
            return new EnqueueResponse { Outcome = EnqueueOutcome.AlreadyRunning, Execution = blocking.ToExecution(slice.Due.Definition.Key!) };
        return await AddAsync(transaction, slice, ct).ConfigureAwait(false);
    }

    private async Task<EnqueueResponse> AddAsync(StoreTransaction transaction, JobSlice slice, CancellationToken ct)
    {
        var run = slice.Enqueue(request, transaction.Now);
        _sent = run.Id;
        if (!run.Waits)
            transaction.NoteWork(elsewhere: true);
        var batch = transaction.Batch();
        SliceWriter.Add(batch, [slice], transaction.Now);
        if (run.TraceParent is { } trace)
            batch.Add("trace_run", Param.Uuid(run.JobId.Value), Param.Uuid(run.Id.Value), Param.Text(trace));
        TurnWriter.Add(batch, [new TurnKey(slice.Due.Tenant, slice.Due.Executor)], transaction.Now);
        await batch.Commit().ExecuteAsync(ct).ConfigureAwait(false);
        return new EnqueueResponse { Outcome = EnqueueOutcome.Enqueued, Execution = run.ToExecution(slice.Due.Definition.Key!) };
    }

    private async Task<Execution?> EarlierAsync(StoreTransaction transaction, JobId job, CancellationToken ct)
    {
        if (request.IdempotencyKey is not { } key)
            return null;
        ExecutionId id;
        var reader = await transaction.Batch().Add("find_request", Param.Uuid(job.Value), Param.Text(key)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (!await reader.ReadAsync(ct).ConfigureAwait(false))
                return null;
            id = new ExecutionId(reader.Row.UuidAt(0));
        }
        return await ExecutionReading.GetAsync(transaction, request.Tenant, id, ct).ConfigureAwait(false);
    }
}
