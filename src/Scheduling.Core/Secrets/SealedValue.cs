namespace Scheduling.Secrets;

/// <summary>An encrypted secret, and the id of the key it was encrypted with.</summary>
/// <remarks>The default value is empty and opens to nothing.</remarks>
public readonly struct SealedValue
{
    /// <summary>Makes an encrypted value.</summary>
    /// <param name="keyId">The id of the key; 1-128 characters.</param>
    /// <param name="bytes">The ciphertext with whatever else is needed to open it.</param>
    public SealedValue(string keyId, ReadOnlyMemory<byte> bytes) => (KeyId, Bytes) = (keyId, bytes);

    /// <summary>The id of the key.</summary>
    public string KeyId { get; }

    /// <summary>The ciphertext with whatever else is needed to open it.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }
}
