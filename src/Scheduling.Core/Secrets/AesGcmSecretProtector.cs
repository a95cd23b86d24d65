using System.Security.Cryptography;
using System.Text;

namespace Scheduling.Secrets;

/// <summary>
/// Encrypts secrets with AES-256-GCM in an envelope: each secret has a data key of its own, which the ring's current key encrypts. Older keys of the ring still open what they sealed, until a rotation has encrypted it anew.
/// </summary>
/// <remarks>Immutable and thread-safe. Layout: version 1, nonce, tag and ciphertext of the data key, nonce, tag and ciphertext of the secret. Both are bound to the key's id and to what the secret belongs to.</remarks>
public sealed class AesGcmSecretProtector : ISecretProtector
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = NonceSize + TagSize;
    private const int Head = 1 + Overhead + SecretKey.Size + Overhead;
    private readonly Dictionary<string, SecretKey> _keys;
    private readonly SecretKey _current;

    /// <summary>Makes a protector of a ring of keys.</summary>
    /// <param name="keys">The keys; the first one seals, all of them open.</param>
    /// <exception cref="SchedulingValidationException">There is no key, or two have the same id.</exception>
    public AesGcmSecretProtector(IReadOnlyList<SecretKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
            throw Invalid("There is no key to encrypt secrets with: give at least one; the first one seals, all of them open.");
        _keys = new Dictionary<string, SecretKey>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (!_keys.TryAdd(key.Id, key))
                throw Invalid($"Two keys have the id '{IdentityText.Shorten(key.Id)}': an id names one key for ever, so give the newer one another id.");
        }
        _current = keys[0];
    }

    /// <inheritdoc/>
    public string KeyId => _current.Id;

    /// <inheritdoc/>
    public SealedValue Seal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> context)
    {
        Span<byte> dataKey = stackalloc byte[SecretKey.Size];
        RandomNumberGenerator.Fill(dataKey);
        var bound = Bind(_current.Id, context);
        var sealedBytes = new byte[Head + value.Length];
        sealedBytes[0] = Version;
        Encrypt(_current.Bytes, dataKey, bound, sealedBytes.AsSpan(1, Overhead + SecretKey.Size));
        Encrypt(dataKey, value, bound, sealedBytes.AsSpan(1 + Overhead + SecretKey.Size));
        CryptographicOperations.ZeroMemory(dataKey);
        return new SealedValue(_current.Id, sealedBytes);
    }

    /// <inheritdoc/>
    public byte[] Open(SealedValue value, ReadOnlySpan<byte> context)
    {
        var id = value.KeyId ?? "";
        if (!_keys.TryGetValue(id, out var key))
            throw new SecretUnreadableException(id, $"A secret was encrypted with key '{IdentityText.Shorten(id)}', which is not in the key ring: configure that key behind the current one, or set the secret anew.");
        var bytes = value.Bytes.Span;
        if (bytes.Length < Head || bytes[0] != Version)
            throw Changed(id, inner: null);
        Span<byte> dataKey = stackalloc byte[SecretKey.Size];
        try
        {
            var bound = Bind(id, context);
            Decrypt(key.Bytes, bytes.Slice(1, Overhead + SecretKey.Size), bound, dataKey);
            var opened = new byte[bytes.Length - Head];
            Decrypt(dataKey, bytes[(1 + Overhead + SecretKey.Size)..], bound, opened);
            return opened;
        }
        catch (AuthenticationTagMismatchException mismatch)
        {
            throw Changed(id, mismatch);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private static byte[] Bind(string keyId, ReadOnlySpan<byte> context) => [Version, .. Encoding.UTF8.GetBytes(keyId), 0, .. context];

    private static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound, Span<byte> target)
    {
        RandomNumberGenerator.Fill(target[..NonceSize]);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(target[..NonceSize], plain, target[Overhead..], target.Slice(NonceSize, TagSize), bound);
    }

    private static void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, ReadOnlySpan<byte> bound, Span<byte> plain)
    {
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(source[..NonceSize], source[Overhead..], source.Slice(NonceSize, TagSize), plain, bound);
    }

    private static SecretUnreadableException Changed(string keyId, Exception? inner) =>
        new(keyId, $"A secret that was encrypted with key '{IdentityText.Shorten(keyId)}' does not open: its row was changed or moved, or another key has this id now. Set the secret anew.", inner);

    private static SchedulingValidationException Invalid(string message) => new(new ValidationError { Field = "keys", Message = message, Allowed = "one key or more, each with an id of its own" });
}
