using System.Text;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>One tenant's secrets on a store.</summary>
internal sealed class TenantSecrets : ITenantSecrets
{
    private readonly ISecretStore _store;
    private readonly SecretBox _box;
    private readonly TenantId _tenant;

    public TenantSecrets(ISecretStore store, SecretBox box, TenantId tenant) => (_store, _box, _tenant) = (store, box, tenant);

    public async ValueTask<SecretInfo> SetAsync(string name, string value, long? expectedVersion = null, CancellationToken ct = default)
    {
        IdentityText.Require(name, "name");
        SecretBox.Require(value);
        if (SecretMask.IsMask(value))
            return await KeepAsync(name, expectedVersion, ct).ConfigureAwait(false);
        var request = new WriteSecretRequest { Tenant = _tenant, Name = name, Value = _box.Seal(_tenant, name, value), ExpectedVersion = expectedVersion };
        var response = await _store.WriteAsync(request, ct).ConfigureAwait(false);
        return response.IsWritten ? response.Secret! : throw new SecretConflictException(name, expectedVersion!.Value, response.Secret?.Version ?? 0);
    }

    public ValueTask<bool> DeleteAsync(string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IdentityText.Check(name, "name") is null ? _store.DeleteAsync(_tenant, name, ct) : ValueTask.FromResult(false);
    }

    public async ValueTask<Page<SecretInfo>> ListNamesAsync(int pageSize = 100, string? cursor = null, CancellationToken ct = default)
    {
        ExecutionQuery.RequirePageSize(pageSize);
        var question = $"secrets\u001F{_tenant}";
        var after = cursor is null ? null : Encoding.UTF8.GetString(PageCursor.ReadWithValue(question, cursor).Value);
        var rows = await _store.ListAsync(new ListSecretsRequest { Tenant = _tenant, After = after, Size = pageSize + 1 }, ct).ConfigureAwait(false);
        return rows.Count <= pageSize
            ? new Page<SecretInfo>(rows, cursor: null)
            : new Page<SecretInfo>([.. rows.Take(pageSize)], PageCursor.Write(question, Guid.Empty, Encoding.UTF8.GetBytes(rows[pageSize - 1].Name)));
    }

    /// <summary>The mask came back: whoever sent it saw that there is a secret and did not change it.</summary>
    private async ValueTask<SecretInfo> KeepAsync(string name, long? expectedVersion, CancellationToken ct)
    {
        var known = (await _store.GetAsync(_tenant, name, ct).ConfigureAwait(false))?.Info;
        if (expectedVersion is { } expected && expected != (known?.Version ?? 0))
            throw new SecretConflictException(name, expected, known?.Version ?? 0);
        return known ?? throw new SchedulingValidationException(new ValidationError
        {
            Field = "value",
            Given = SecretMask.Text,
            Allowed = "the secret itself",
            Message = $"value is the mask '{SecretMask.Text}', and there is no secret '{IdentityText.Shorten(name)}' to keep: give the secret itself.",
        });
    }
}
