using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Secrets;

/// <summary>Secrets in PostgreSQL, as ciphertext.</summary>
internal sealed class PgSecretStore(Database database) : ISecretStore
{
    public ValueTask<WriteSecretResponse> WriteAsync(WriteSecretRequest request, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => SecretWriting.RunAsync(transaction, request, ct), cancellationToken);

    public ValueTask<bool> DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken)
    {
        var wasSent = false;
        return database.RunAsync(
            async (transaction, ct) =>
            {
                // When only the answer was lost, the secret is gone by this very call.
                var isRepeated = wasSent;
                wasSent = true;
                var reader = await transaction.Batch().Add("delete_secret", Param.Text(tenant.Value), Param.Text(name)).Commit().ReadAsync(ct).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                    return await reader.ReadAsync(ct).ConfigureAwait(false) || isRepeated;
            },
            cancellationToken);
    }

    public ValueTask<SealedSecret?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => SecretColumns.ReadOneAsync(transaction.Batch().Add("get_secret", Param.Text(tenant.Value), Param.Text(name)), ct), cancellationToken);

    public ValueTask<IReadOnlyList<SecretInfo>> ListAsync(ListSecretsRequest request, CancellationToken cancellationToken) => database.RunAsync(
        async (transaction, ct) =>
        {
            var page = new List<SecretInfo>();
            var batch = transaction.Batch().Add("list_secrets", Param.Text(request.Tenant.Value), Param.Text(request.After ?? ""), Param.Int(request.Size));
            var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(ct).ConfigureAwait(false))
                {
                    var columns = reader.Row;
                    page.Add(SecretColumns.ReadInfo(columns.Text(), ref columns));
                }
            }
            return (IReadOnlyList<SecretInfo>)page;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<SealedSecret>> ListForRotationAsync(ListRotationRequest request, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => SecretColumns.ReadAllAsync(
            transaction.Batch().Add(
                "list_secrets_for_rotation", Param.Text(request.CurrentKeyId), Param.Text(request.After?.Tenant.Value ?? ""), Param.Text(request.After?.Info.Name ?? ""), Param.Int(request.Size)),
            ct),
        cancellationToken);
}
