using NodaTime;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>Secrets in a SQLite file, as ciphertext.</summary>
internal sealed class SqliteSecretStore(StoreAccess store) : ISecretStore
{
    public ValueTask<WriteSecretResponse> WriteAsync(WriteSecretRequest request, CancellationToken cancellationToken) =>
        store.WriteAsync((session, now) => Write(session.Connection, request, now), cancellationToken);

    public ValueTask<bool> DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        store.WriteAsync((session, _) => Delete(session.Connection, tenant, name), cancellationToken);

    public ValueTask<SealedSecret?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        store.ReadAsync(session => Find(session.Connection, tenant, name), cancellationToken);

    public ValueTask<IReadOnlyList<SecretInfo>> ListAsync(ListSecretsRequest request, CancellationToken cancellationToken) =>
        store.ReadAsync(session => List(session.Connection, request), cancellationToken);

    public ValueTask<IReadOnlyList<SealedSecret>> ListForRotationAsync(ListRotationRequest request, CancellationToken cancellationToken) =>
        store.ReadAsync(session => List(session.Connection, request), cancellationToken);

    private static WriteSecretResponse Write(Connection connection, WriteSecretRequest request, Instant now)
    {
        var known = Find(connection, request.Tenant, request.Name)?.Info;
        if (request.ExpectedVersion is { } expected && expected != (known?.Version ?? 0))
            return new WriteSecretResponse { IsWritten = false, Secret = known };
        var info = request.IsRotation && known is not null
            ? known
            : new SecretInfo { Name = request.Name, Version = (known?.Version ?? 0) + 1, CreatedAt = known?.CreatedAt ?? now, UpdatedAt = now };
        connection.Query("secrets_write")
            .Bind(request.Tenant.Value).Bind(info.Name).Bind(request.Value.KeyId).BindBlob(request.Value.Bytes.Span).Bind(info.Version).Bind(info.CreatedAt).Bind(info.UpdatedAt)
            .Run();
        return new WriteSecretResponse { IsWritten = true, Secret = info };
    }

    private static bool Delete(Connection connection, TenantId tenant, string name)
    {
        connection.Query("secrets_delete").Bind(tenant.Value).Bind(name).Run();
        return connection.Changes > 0;
    }

    private static SealedSecret? Find(Connection connection, TenantId tenant, string name)
    {
        var query = connection.Query("secrets_get").Bind(tenant.Value).Bind(name);
        var secret = query.Read() ? Read(query) : null;
        query.Reset();
        return secret;
    }

    private static IReadOnlyList<SecretInfo> List(Connection connection, ListSecretsRequest request)
    {
        var query = connection.Query("secrets_list").Bind(request.Tenant.Value).Bind(request.After ?? "").Bind((long)request.Size);
        var page = new List<SecretInfo>();
        while (query.Read())
            page.Add(ReadInfo(query, query.NextText()));
        return page;
    }

    private static IReadOnlyList<SealedSecret> List(Connection connection, ListRotationRequest request)
    {
        var query = connection.Query("secrets_list_rotation")
            .Bind(request.CurrentKeyId).Bind(request.After?.Tenant.Value ?? "").Bind(request.After?.Info.Name ?? "").Bind((long)request.Size);
        var page = new List<SealedSecret>();
        while (query.Read())
            page.Add(Read(query));
        return page;
    }

    private static SealedSecret Read(Statement row)
    {
        var (tenant, name) = (new TenantId(row.NextText()), row.NextText());
        var value = new SealedValue(row.NextText(), row.NextBytes().ToArray());
        return new SealedSecret { Tenant = tenant, Value = value, Info = ReadInfo(row, name) };
    }

    private static SecretInfo ReadInfo(Statement row, string name) =>
        new() { Name = name, Version = row.NextLong(), CreatedAt = row.NextInstant(), UpdatedAt = row.NextInstant() };
}
