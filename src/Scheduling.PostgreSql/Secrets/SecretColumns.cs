using Scheduling.PostgreSql.Connections;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Secrets;

/// <summary>Reads rows of secrets.</summary>
internal static class SecretColumns
{
    public static SecretInfo ReadInfo(string name, ref ColumnReader columns) =>
        new() { Name = name, Version = columns.Long(), CreatedAt = columns.Time(), UpdatedAt = columns.Time() };

    public static async Task<SealedSecret?> ReadOneAsync(SqlBatch batch, CancellationToken ct) =>
        await ReadAllAsync(batch, ct).ConfigureAwait(false) is [var secret] ? secret : null;

    public static async Task<IReadOnlyList<SealedSecret>> ReadAllAsync(SqlBatch batch, CancellationToken ct)
    {
        var secrets = new List<SealedSecret>();
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                secrets.Add(Read(reader.Row));
        }
        return secrets;
    }

    private static SealedSecret Read(ColumnReader columns)
    {
        var (tenant, name) = (new TenantId(columns.Text()), columns.Text());
        var value = new SealedValue(columns.Text(), columns.Bytes());
        return new SealedSecret { Tenant = tenant, Value = value, Info = ReadInfo(name, ref columns) };
    }
}
