using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Encrypts all secrets with the current key, batch by batch; safe to repeat, to end early and to do in several places at once.</summary>
internal sealed class SecretRotator(ISecretStore store, SecretBox box)
{
    private const int BatchSize = 100;
    private readonly SortedSet<string> _unreadableKeys = new(StringComparer.Ordinal);
    private long _rotated;
    private long _overtaken;
    private long _unreadable;

    public async Task<SecretRotation> RunAsync(IProgress<SecretRotation>? progress, CancellationToken ct)
    {
        var request = new ListRotationRequest { CurrentKeyId = box.Protector.KeyId, Size = BatchSize };
        while (await store.ListForRotationAsync(request, ct).ConfigureAwait(false) is { Count: > 0 } batch)
        {
            foreach (var secret in batch)
                await RotateAsync(secret, ct).ConfigureAwait(false);
            progress?.Report(Result());
            request = request with { After = batch[^1] };
        }
        return Result();
    }

    private async ValueTask RotateAsync(SealedSecret secret, CancellationToken ct)
    {
        string value;
        try
        {
            value = box.Open(secret.Tenant, secret.Info.Name, secret.Value);
        }
        catch (SecretUnreadableException unreadable)
        {
            // Counted and told; the others must not wait for it.
            _unreadable++;
            _unreadableKeys.Add(unreadable.KeyId);
            return;
        }
        var request = new WriteSecretRequest
        {
            Tenant = secret.Tenant,
            Name = secret.Info.Name,
            Value = box.Seal(secret.Tenant, secret.Info.Name, value),
            ExpectedVersion = secret.Info.Version,
            IsRotation = true,
        };
        if ((await store.WriteAsync(request, ct).ConfigureAwait(false)).IsWritten)
            _rotated++;
        else
            _overtaken++;
    }

    private SecretRotation Result() => new() { Rotated = _rotated, Overtaken = _overtaken, Unreadable = _unreadable, UnreadableKeyIds = [.. _unreadableKeys] };
}
