using System.Globalization;
using System.Security.Cryptography;

namespace Scheduling.Secrets;

/// <summary>A key of 256 bits that encrypts secrets, and its id, which is stored beside what it encrypted.</summary>
/// <remarks>Immutable and thread-safe. <see cref="ToString"/> shows the id only.</remarks>
public sealed class SecretKey
{
    /// <summary>The bytes of a key: 32.</summary>
    public const int Size = 32;

    private readonly byte[] _bytes;

    /// <summary>Makes a key.</summary>
    /// <param name="id">Its id, 1-128 characters; never given to another key.</param>
    /// <param name="bytes">Its 32 bytes, from a random source; copied.</param>
    /// <exception cref="SchedulingValidationException">The id breaks the rule, or there are not 32 bytes.</exception>
    public SecretKey(string id, ReadOnlySpan<byte> bytes)
    {
        IdentityText.Require(id, "id");
        if (bytes.Length != Size)
            throw Invalid(id, string.Create(CultureInfo.InvariantCulture, $"has {bytes.Length} bytes"));
        (Id, _bytes) = (id, bytes.ToArray());
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a key from Base64, as it stands in configuration.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="base64">Its 32 bytes in Base64: 44 characters.</param>
    /// <returns>The key.</returns>
    /// <exception cref="SchedulingValidationException">The id breaks the rule, or the text is not 32 bytes in Base64. The text is not repeated.</exception>
    public static SecretKey FromBase64(string id, string base64)
    {
        ArgumentNullException.ThrowIfNull(base64);
        var bytes = new byte[Size];
        try
        {
            return Convert.TryFromBase64String(base64, bytes, out var length) && length == Size ? new SecretKey(id, bytes) : throw Invalid(id, "is not Base64 of 32 bytes");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The id, never the key.</summary>
    /// <returns>A text such as <c>key '2026-01'</c>.</returns>
    public override string ToString() => $"key '{Id}'";

    private static SchedulingValidationException Invalid(string id, string what) => new(new ValidationError
    {
        Field = "value",
        Allowed = "32 random bytes, in configuration as Base64 (44 characters)",
        Message = $"The value of key '{IdentityText.Shorten(id)}' {what}: give 32 random bytes, in configuration as Base64, such as `openssl rand -base64 32` prints.",
    });
}
