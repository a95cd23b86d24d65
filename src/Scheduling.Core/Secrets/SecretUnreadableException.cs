namespace Scheduling.Secrets;

/// <summary>A stored secret cannot be decrypted: its key is not configured here, or its ciphertext was changed or belongs elsewhere.</summary>
public sealed class SecretUnreadableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="keyId">The id of the key that the secret was encrypted with.</param>
    /// <param name="message">What is wrong and how to mend it; without the secret.</param>
    /// <param name="inner">What failed, or null.</param>
    public SecretUnreadableException(string keyId, string message, Exception? inner = null)
        : base(message, inner) => KeyId = keyId;

    /// <summary>The id of the key that the secret was encrypted with.</summary>
    public string KeyId { get; }
}
