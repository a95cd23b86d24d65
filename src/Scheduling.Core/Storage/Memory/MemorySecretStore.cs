namespace Scheduling.Storage;

/// <summary>Secrets of an in-memory store: encrypted here too, so that a dump of the process shows no more of them than it must.</summary>
internal sealed class MemorySecretStore(MemoryState state) : ISecretStore
{
    private static readonly Comparer<(string Tenant, string Name)> Order = Comparer<(string Tenant, string Name)>.Create(static (one, other) =>
        CodePointOrder.Instance.Compare(one.Tenant, other.Tenant) is not 0 and var byTenant ? byTenant : CodePointOrder.Instance.Compare(one.Name, other.Name));

    public ValueTask<WriteSecretResponse> WriteAsync(WriteSecretRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(Write(request));
    }

    public ValueTask<bool> DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(state.Secrets.Remove((tenant.Value, name)));
    }

    public ValueTask<SealedSecret?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(state.Secrets.GetValueOrDefault((tenant.Value, name)));
    }

    public ValueTask<IReadOnlyList<SecretInfo>> ListAsync(ListSecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<SecretInfo>>([.. state.Secrets.Values
                .Where(secret => secret.Tenant == request.Tenant)
                .Select(static secret => secret.Info)
                .Where(info => request.After is null || CodePointOrder.Instance.Compare(info.Name, request.After) > 0)
                .OrderBy(static info => info.Name, CodePointOrder.Instance)
                .Take(request.Size)]);
        }
    }

    public ValueTask<IReadOnlyList<SealedSecret>> ListForRotationAsync(ListRotationRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
        {
            return ValueTask.FromResult<IReadOnlyList<SealedSecret>>([.. state.Secrets.Values
                .Where(secret => !string.Equals(secret.Value.KeyId, request.CurrentKeyId, StringComparison.Ordinal))
                .Where(secret => request.After is not { } after || Order.Compare(PlaceOf(secret), PlaceOf(after)) > 0)
                .OrderBy(PlaceOf, Order)
                .Take(request.Size)]);
        }
    }

    private WriteSecretResponse Write(WriteSecretRequest request)
    {
        var key = (request.Tenant.Value, request.Name);
        var known = state.Secrets.GetValueOrDefault(key)?.Info;
        if (request.ExpectedVersion is { } expected && expected != (known?.Version ?? 0))
            return new WriteSecretResponse { IsWritten = false, Secret = known };
        var now = state.Now();
        var info = request.IsRotation && known is not null
            ? known
            : new SecretInfo { Name = request.Name, Version = (known?.Version ?? 0) + 1, CreatedAt = known?.CreatedAt ?? now, UpdatedAt = now };
        state.Secrets[key] = new SealedSecret { Tenant = request.Tenant, Info = info, Value = request.Value };
        return new WriteSecretResponse { IsWritten = true, Secret = info };
    }

    private static (string Tenant, string Name) PlaceOf(SealedSecret secret) => (secret.Tenant.Value, secret.Info.Name);
}
