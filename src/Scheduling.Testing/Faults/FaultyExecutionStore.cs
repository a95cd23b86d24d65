using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>Executions behind a line that may be cut.</summary>
internal sealed class FaultyExecutionStore(IExecutionStore inner, FaultyCalls calls) : IExecutionStore
{
    public ValueTask<EnqueueResponse> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Enqueue, (inner, request), static (s, ct) => s.inner.EnqueueAsync(s.request, ct), cancellationToken);

    public ValueTask<Execution?> GetAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, tenant, id), static (s, ct) => s.inner.GetAsync(s.tenant, s.id, ct), cancellationToken);

    public ValueTask<IReadOnlyList<Execution>?> ListAsync(ListExecutionsRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, request), static (s, ct) => s.inner.ListAsync(s.request, ct), cancellationToken);

    public ValueTask<IReadOnlyList<RunEvent>?> ListEventsAsync(ListRunEventsRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, request), static (s, ct) => s.inner.ListEventsAsync(s.request, ct), cancellationToken);

    public ValueTask<CancelResponse?> CancelAsync(CancelRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Cancel, (inner, request), static (s, ct) => s.inner.CancelAsync(s.request, ct), cancellationToken);
}
