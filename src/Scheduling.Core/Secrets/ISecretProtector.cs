namespace Scheduling.Secrets;

/// <summary>Encrypts and decrypts secrets above the store, which sees ciphertext and the id of a key only.</summary>
/// <remarks>Thread-safe. The default is <see cref="AesGcmSecretProtector"/>; the package Scheduling.DataProtection brings one that uses ASP.NET Core Data Protection.</remarks>
public interface ISecretProtector
{
    /// <summary>The id of the key that seals now, 1-128 characters. Secrets sealed with others are those that a rotation encrypts anew.</summary>
    string KeyId { get; }

    /// <summary>Encrypts a secret.</summary>
    /// <param name="value">The secret, in UTF-8.</param>
    /// <param name="context">What the secret belongs to; opening needs the same, so that ciphertext moved elsewhere does not open.</param>
    /// <returns>The ciphertext and the id of the key.</returns>
    SealedValue Seal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> context);

    /// <summary>Decrypts a secret.</summary>
    /// <param name="value">The ciphertext and the id of its key.</param>
    /// <param name="context">What the secret belongs to.</param>
    /// <returns>The secret, in UTF-8. The caller clears it.</returns>
    /// <exception cref="SecretUnreadableException">The key is not there, or the ciphertext was changed or belongs elsewhere.</exception>
    byte[] Open(SealedValue value, ReadOnlySpan<byte> context);
}
