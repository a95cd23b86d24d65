using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Scheduling.Secrets;

namespace Scheduling.DataProtection;

/// <summary>
/// Encrypts secrets with ASP.NET Core Data Protection. Each secret has a purpose of its own, made of <see cref="Purpose"/> and of what it belongs to, so that ciphertext that is moved to another tenant or name does not open.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. The ring makes a new key every 90 days unless it is told otherwise; older keys still open what they sealed as long as the ring keeps them. <see cref="JobScheduler.RotateSecretsAsync"/> encrypts with the newest key
/// what older ones sealed, and is to be done before a key is dropped from the ring. A provider that is not built on a key ring has no ids of keys: then all secrets have the same id and a rotation finds nothing to do.
/// </remarks>
public sealed class DataProtectionSecretProtector : ISecretProtector
{
    /// <summary>The first purpose of all protectors that are made here: <c>Scheduling.Secrets.v1</c>. Part of the stored format.</summary>
    public const string Purpose = "Scheduling.Secrets.v1";

    private readonly IDataProtectionProvider _provider;
    private readonly IKeyManager? _keys;
    private readonly ISecretProtector? _former;

    /// <summary>Makes a protector.</summary>
    /// <param name="provider">Data Protection.</param>
    /// <param name="keys">The provider's key ring, so that a secret which does not open can be told why; null (the default) when there is none to look at.</param>
    /// <param name="former">Opens what was sealed before by other means, such as an <see cref="AesGcmSecretProtector"/>; null (the default) for nothing.</param>
    public DataProtectionSecretProtector(IDataProtectionProvider provider, IKeyManager? keys = null, ISecretProtector? former = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        (_provider, _keys, _former) = (provider, keys, former);
    }

    /// <summary>The id of the key that the ring seals with now: <c>data-protection:</c> and the key's GUID. Asked of the ring each time, because the ring changes keys by itself.</summary>
    public string KeyId => ProtectedPayload.KeyIdOf(_provider.CreateProtector(Purpose).Protect([]));

    /// <inheritdoc/>
    public SealedValue Seal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> context)
    {
        var plain = value.ToArray();
        try
        {
            var bytes = ProtectorOf(context).Protect(plain);
            return new SealedValue(ProtectedPayload.KeyIdOf(bytes), bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <inheritdoc/>
    public byte[] Open(SealedValue value, ReadOnlySpan<byte> context)
    {
        var id = value.KeyId ?? "";
        if (!ProtectedPayload.IsKeyId(id))
        {
            return _former?.Open(value, context)
                ?? throw new SecretUnreadableException(id, $"A secret was encrypted with key '{id}', which is none of Data Protection's: configure Scheduling:Secrets:Keys beside it until the secrets are rotated, or set the secret anew.");
        }
        try
        {
            return ProtectorOf(context).Unprotect(value.Bytes.ToArray());
        }
        catch (CryptographicException failure)
        {
            throw new SecretUnreadableException(id, $"A secret that was encrypted with key '{id}' does not open: {Cause(id)}", failure);
        }
    }

    // The context is bytes and a purpose is text.
    private IDataProtector ProtectorOf(ReadOnlySpan<byte> context) => _provider.CreateProtector(Purpose, Convert.ToBase64String(context));

    private string Cause(string id)
    {
        const string Changed = "its row was changed or moved, or it was sealed under another application name. Set the secret anew.";
        const string Missing = "the key is not in the key ring. Keep the ring where every process finds it and it outlives them (PersistKeysTo…), with old keys in it until the secrets are rotated; or set the secret anew.";
        if (_keys is null)
            return $"either {Missing} Or {Changed}";
        var key = _keys.GetAllKeys().FirstOrDefault(key => string.Equals(ProtectedPayload.KeyIdOf(key.KeyId), id, StringComparison.Ordinal));
        return key switch
        {
            null => Missing,
            { IsRevoked: true } => "the key was revoked. Set the secret anew.",
            _ => Changed,
        };
    }
}
