using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Opens a tenant's secrets for its runs.</summary>
internal sealed class SecretReader(ISecretStore store, SecretBox box)
{
    public async ValueTask<string?> ReadAsync(TenantId tenant, string name, CancellationToken ct) =>
        await store.GetAsync(tenant, name, ct).ConfigureAwait(false) is { } secret ? box.Open(tenant, name, secret.Value) : null;
}
