using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Storage;

/// <summary>Executions of an in-memory store, as people ask for them and look at them.</summary>
internal sealed class MemoryExecutionStore(MemoryState state) : IExecutionStore
{
    public ValueTask<EnqueueResponse> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EnqueueResponse response;
        StoreWake wake;
        lock (state.Gate)
        {
            response = state.FindJob(request.Tenant, request.Job) is { } job
                ? Enqueue(job, request, state.Now())
                : new EnqueueResponse { Outcome = EnqueueOutcome.NotFound };
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(response);
    }

    public ValueTask<Execution?> GetAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(Find(tenant, id));
    }

    public ValueTask<IReadOnlyList<Execution>?> ListAsync(ListExecutionsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(List(request));
    }

    public ValueTask<IReadOnlyList<RunEvent>?> ListEventsAsync(ListRunEventsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(ListEvents(request));
    }

    public ValueTask<CancelResponse?> CancelAsync(CancelRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CancelResponse? response;
        StoreWake wake;
        lock (state.Gate)
        {
            response = Cancel(request, Ticks.Of(state.Now()));
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(response);
    }

    private EnqueueResponse Enqueue(JobEntry job, EnqueueRequest request, Instant now)
    {
        var idempotencyKey = request.IdempotencyKey;
        if (idempotencyKey is not null && state.Requests.TryGetValue((job.Id, idempotencyKey), out var earlier) && Find(job.Tenant.Id, earlier) is { } repeated)
            return new EnqueueResponse { Outcome = EnqueueOutcome.Repeated, Execution = repeated };
        if (state.Pauses.Holding(job.Tenant.Id, job.Definition.Executor, now) is { } pause)
            return new EnqueueResponse { Outcome = EnqueueOutcome.Paused, Pause = pause };
        if (InTheWay(job) is { } blocking)
            return new EnqueueResponse { Outcome = EnqueueOutcome.AlreadyRunning, Execution = blocking.ToExecution() };
        var waits = job.Open > 0 && job.Definition.Overlap == OverlapPolicy.QueueOne;
        var run = state.NewRun(job, now);
        run.Trigger = ExecutionTrigger.Manual;
        run.Status = ExecutionStatus.Pending;
        run.Reason = waits ? ExecutionReason.Queued : ExecutionReason.None;
        run.DueAt = Ticks.Of(now);
        run.ReadyAt = waits ? Ticks.None : Ticks.Of(now);
        run.Waits = waits;
        run.IdempotencyKey = idempotencyKey;
        run.TraceParent = request.TraceParent;
        MemoryRuns.Add(state, run);
        if (idempotencyKey is not null)
            state.Requests[(job.Id, idempotencyKey)] = run.Id;
        state.Rearm(job.Turn, Ticks.Of(now));
        return new EnqueueResponse { Outcome = EnqueueOutcome.Enqueued, Execution = run.ToExecution() };
    }

    /// <summary>The execution that a run now would overlap although the policy forbids it: the running one before those that wait.</summary>
    private static RunEntry? InTheWay(JobEntry job)
    {
        var allowed = job.Definition.Overlap == OverlapPolicy.Allow || job.Open == 0
            || (job.Definition.Overlap == OverlapPolicy.QueueOne && job.Waiting == 0);
        if (allowed)
            return null;
        for (var run = job.NewestOpen; run is not null; run = run.NextOfJob)
        {
            if (run.Status == ExecutionStatus.Running)
                return run;
        }
        return job.NewestOpen;
    }

    private Execution? Find(TenantId tenant, ExecutionId id)
    {
        if (state.Runs.TryGetValue(id, out var run))
            return run.Job.Tenant.Id == tenant && !run.Job.IsDeleted ? run.ToExecution() : null;
        var number = state.History.Find(id);
        if (number == 0)
            return null;
        ref var row = ref state.History.Row(number);
        return row.IsVisible && row.Job!.Tenant.Id == tenant ? row.ToExecution() : null;
    }

    private IReadOnlyList<Execution>? List(ListExecutionsRequest request)
    {
        JobEntry? job = null;
        if (request.Job is { } reference && (job = state.FindJob(request.Tenant, reference)) is null)
            return null;
        return state.FindTenant(request.Tenant) is { } tenant ? new MemoryExecutionPage(state, request, job, tenant).Read() : [];
    }

    private IReadOnlyList<RunEvent>? ListEvents(ListRunEventsRequest request)
    {
        if (Find(request.Tenant, request.Execution) is null)
            return null;
        var notes = state.Runs.TryGetValue(request.Execution, out var run) ? run.Notes : state.History.Row(state.History.Find(request.Execution)).Notes;
        return notes is null ? [] : [.. notes.Events.Skip(request.After).Take(request.Size)];
    }

    private CancelResponse? Cancel(CancelRequest request, long now)
    {
        if (!state.Runs.TryGetValue(request.Id, out var run))
            return Find(request.Tenant, request.Id) is { } ended ? new CancelResponse { Execution = ended, Accepted = false } : null;
        if (run.Job.Tenant.Id != request.Tenant || run.Job.IsDeleted)
            return null;
        if (!run.IsCancelRequested)
        {
            run.CancelRequestedAt = now;
            run.CancelReason = request.Reason;
        }
        if (run.Status == ExecutionStatus.Running)
        {
            state.Wakes.Add(StoreWake.Cancel);
            return new CancelResponse { Execution = run.ToExecution(), Accepted = true };
        }
        MemoryRuns.End(state, run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, now);
        state.Rearm(run.Job.Turn, now);
        return new CancelResponse { Execution = run.ToExecution() with { EndedAt = Ticks.ToInstant(now) }, Accepted = true };
    }
}
