namespace Scheduling.Storage;

/// <summary>Pauses of tenants and executors in an in-memory store. Decisions run under the lock.</summary>
internal sealed class MemoryPauseStore(MemoryState state) : IPauseStore
{
    public ValueTask<ScopedPause?> WriteAsync(WritePauseRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ScopedPause? pause;
        StoreWake wake;
        lock (state.Gate)
        {
            pause = Write(request);
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(pause);
    }

    public ValueTask<IReadOnlyList<ScopedPause>> ListAsync(ListPausesRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(List(state, request));
    }

    private ScopedPause? Write(WritePauseRequest request)
    {
        var now = state.Now();
        var current = state.Pauses.Current(request.Scope, now);
        var decided = request.Decide(current, now);
        if (decided is null || decided == current)
            return current;
        state.Pauses.Put(decided);
        Rearm(request.Scope, Ticks.Of(now));
        return decided;
    }

    /// <summary>A tenant's turns come or stay away at once; an executor's are left alone, and claims pass over the executor.</summary>
    private void Rearm(PauseScope scope, long now)
    {
        if (scope.Tenant is null)
        {
            state.Wakes.Add(StoreWake.Work);
            return;
        }
        if (state.FindTenant(scope.Tenant.Value) is not { } tenant)
            return;
        foreach (var turn in tenant.Turns)
        {
            if (scope.Contains(tenant.Id, turn.Executor.Key))
                state.Rearm(turn, now);
        }
    }

    /// <summary>One page of pauses; needs the lock.</summary>
    internal static IReadOnlyList<ScopedPause> List(MemoryState state, ListPausesRequest request)
    {
        var now = state.Now();
        return [.. state.Pauses.All
            .Where(pause => request.IncludesEnded || pause.IsInForce(now))
            .Where(pause => Concerns(pause.Scope, request))
            .Where(pause => request.After is not { } after || Compare(pause, after) > 0)
            .Order(Comparer<ScopedPause>.Create(Compare))
            .Take(request.Size)];
    }

    private static bool Concerns(PauseScope scope, ListPausesRequest request) =>
        (request.Tenant is null || scope.Tenant is null || scope.Tenant == request.Tenant)
        && (request.Executor is null || scope.Executor is null || string.Equals(scope.Executor, request.Executor, StringComparison.Ordinal));

    private static int Compare(ScopedPause one, ScopedPause other)
    {
        var byTenant = CodePointOrder.Instance.Compare(one.Scope.Tenant?.Value, other.Scope.Tenant?.Value);
        var byExecutor = byTenant != 0 ? byTenant : CodePointOrder.Instance.Compare(one.Scope.Executor, other.Scope.Executor);
        return byExecutor != 0 ? byExecutor : one.Pause.Since.CompareTo(other.Pause.Since);
    }
}
