using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>Executions in a SQLite file, as people ask for them and look at them.</summary>
internal sealed class SqliteExecutionStore(StoreAccess store) : IExecutionStore
{
    public ValueTask<EnqueueResponse> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => Enqueue(session, request, now), cancellationToken);

    public ValueTask<Execution?> GetAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Executions.Find(tenant, id), cancellationToken);

    public ValueTask<IReadOnlyList<Execution>?> ListAsync(ListExecutionsRequest request, CancellationToken cancellationToken) =>
        store.ReadAsync(session => List(session, request), cancellationToken);

    public ValueTask<IReadOnlyList<RunEvent>?> ListEventsAsync(ListRunEventsRequest request, CancellationToken cancellationToken) =>
        store.ReadAsync(
            session => session.Executions.Find(request.Tenant, request.Execution) is null ? null : EventTable.List(session.Connection, request.Execution, request.After, request.Size), cancellationToken);

    public ValueTask<CancelResponse?> CancelAsync(CancelRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => Cancel(session, request, now), cancellationToken);

    private static EnqueueResponse Enqueue(WriteSession session, EnqueueRequest request, Instant now)
    {
        if (session.Jobs.Find(request.Tenant, request.Job) is not { } job)
            return new EnqueueResponse { Outcome = EnqueueOutcome.NotFound };
        if (request.IdempotencyKey is { } key && FindRequest(session, job, key) is { } repeated)
            return new EnqueueResponse { Outcome = EnqueueOutcome.Repeated, Execution = repeated };
        if (session.Pauses.Concerning(job.Due.Tenant, job.Due.Executor).Holding(job.Due.Tenant, job.Due.Executor, now) is { } pause)
            return new EnqueueResponse { Outcome = EnqueueOutcome.Paused, Pause = pause };
        if (job.Slice.InTheWay() is { } blocking)
            return new EnqueueResponse { Outcome = EnqueueOutcome.AlreadyRunning, Execution = blocking.ToExecution(KeyOf(job)) };
        var run = job.Slice.Enqueue(request, now);
        session.Save(job, now);
        return new EnqueueResponse { Outcome = EnqueueOutcome.Enqueued, Execution = run.ToExecution(KeyOf(job)) };
    }

    private static Execution? FindRequest(WriteSession session, LockedJob job, string key)
    {
        foreach (var run in job.Slice.Open)
        {
            if (string.Equals(run.IdempotencyKey, key, StringComparison.Ordinal))
                return run.ToExecution(KeyOf(job));
        }
        return session.Executions.FindRequest(job.Due.Id, key) is { } id ? session.Executions.Find(job.Due.Tenant, id) : null;
    }

    private static IReadOnlyList<Execution>? List(ReadSession session, ListExecutionsRequest request)
    {
        JobId? job = null;
        if (request.Job is { } reference && (job = session.Jobs.FindId(request.Tenant, reference)) is null)
            return null;
        return session.Executions.List(request, job);
    }

    private static CancelResponse? Cancel(WriteSession session, CancelRequest request, Instant now)
    {
        if (session.Runs.JobOf(request.Tenant, request.Id) is not { } id)
            return session.Executions.Find(request.Tenant, request.Id) is { } ended ? new CancelResponse { Execution = ended, Accepted = false } : null;
        var job = session.Jobs.Load(id)!;
        if (job.Due.IsDeleted)
            return null;
        var run = job.Slice.Find(request.Id)!;
        job.Slice.Cancel(run, request.Reason, now);
        session.Turns.Touch(job.Turn);
        session.Save(job, now);
        if (!run.IsEnded)
            session.Wakes.Add(StoreWake.Cancel);
        var execution = run.ToExecution(KeyOf(job));
        return new CancelResponse { Execution = run.IsEnded ? execution with { EndedAt = now } : execution, Accepted = true };
    }

    private static string KeyOf(LockedJob job) => job.Due.Definition.Key!;
}
