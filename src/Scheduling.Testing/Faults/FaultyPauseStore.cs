using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>Pauses of tenants and executors behind a line that may be cut.</summary>
internal sealed class FaultyPauseStore(IPauseStore inner, FaultyCalls calls) : IPauseStore
{
    public ValueTask<ScopedPause?> WriteAsync(WritePauseRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Write, (inner, request), static (s, ct) => s.inner.WriteAsync(s.request, ct), cancellationToken);

    public ValueTask<IReadOnlyList<ScopedPause>> ListAsync(ListPausesRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, request), static (s, ct) => s.inner.ListAsync(s.request, ct), cancellationToken);
}
