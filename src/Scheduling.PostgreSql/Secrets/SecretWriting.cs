using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Secrets;

/// <summary>Writes one secret under the lock of its row. Ciphertext is never the same twice, so a row that holds it already was written by this very call, and only the answer was lost.</summary>
internal static class SecretWriting
{
    public static async Task<WriteSecretResponse> RunAsync(StoreTransaction transaction, WriteSecretRequest request, CancellationToken ct)
    {
        var stored = await SecretColumns.ReadOneAsync(transaction.Batch().Add("lock_secret", Param.Text(request.Tenant.Value), Param.Text(request.Name)), ct).ConfigureAwait(false);
        var known = stored?.Info;
        if (stored is not null && stored.Value.Bytes.Span.SequenceEqual(request.Value.Bytes.Span))
            return new WriteSecretResponse { IsWritten = true, Secret = known };
        if (request.ExpectedVersion is { } expected && expected != (known?.Version ?? 0))
            return new WriteSecretResponse { IsWritten = false, Secret = known };
        var info = Next(request, known, StoredTime.Cut(transaction.Now));
        var reader = await transaction.Batch()
            .Add(
                "write_secret", Param.Text(request.Tenant.Value), Param.Text(info.Name), Param.Text(request.Value.KeyId), Param.Bytes(request.Value.Bytes.ToArray()),
                Param.Long(info.Version), Param.Time(info.CreatedAt), Param.Time(info.UpdatedAt), Param.Long(known?.Version ?? 0))
            .Commit()
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (!await reader.ReadAsync(ct).ConfigureAwait(false))
                throw new MovedException();
        }
        return new WriteSecretResponse { IsWritten = true, Secret = info };
    }

    private static SecretInfo Next(WriteSecretRequest request, SecretInfo? known, Instant now) => request.IsRotation && known is not null
        ? known
        : new SecretInfo { Name = request.Name, Version = (known?.Version ?? 0) + 1, CreatedAt = known?.CreatedAt ?? now, UpdatedAt = now };
}
