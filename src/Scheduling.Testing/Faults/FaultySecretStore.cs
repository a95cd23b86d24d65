using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>Secrets behind a line that may be cut.</summary>
internal sealed class FaultySecretStore(ISecretStore inner, FaultyCalls calls) : ISecretStore
{
    public ValueTask<WriteSecretResponse> WriteAsync(WriteSecretRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Write, (inner, request), static (s, ct) => s.inner.WriteAsync(s.request, ct), cancellationToken);

    public ValueTask<bool> DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Write, (inner, tenant, name), static (s, ct) => s.inner.DeleteAsync(s.tenant, s.name, ct), cancellationToken);

    public ValueTask<SealedSecret?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, tenant, name), static (s, ct) => s.inner.GetAsync(s.tenant, s.name, ct), cancellationToken);

    public ValueTask<IReadOnlyList<SecretInfo>> ListAsync(ListSecretsRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, request), static (s, ct) => s.inner.ListAsync(s.request, ct), cancellationToken);

    public ValueTask<IReadOnlyList<SealedSecret>> ListForRotationAsync(ListRotationRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Read, (inner, request), static (s, ct) => s.inner.ListForRotationAsync(s.request, ct), cancellationToken);
}
