using System.Security.Cryptography;
using System.Text;

namespace Scheduling.Secrets;

/// <summary>Seals and opens the texts of tenants: each is bound to its tenant and name. Knows what to say when no key is configured.</summary>
internal sealed class SecretBox(ISecretProtector? protector)
{
    /// <summary>The longest secret, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ISecretProtector Protector { get; } = protector ?? NoSecretProtector.Instance;

    public SealedValue Seal(TenantId tenant, string name, string value)
    {
        var bytes = Strict.GetBytes(value);
        try
        {
            return Protector.Seal(bytes, Context(tenant, name));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public string Open(TenantId tenant, string name, SealedValue value)
    {
        var bytes = Protector.Open(value, Context(tenant, name));
        try
        {
            return Strict.GetString(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Refuses a value that cannot be kept, without repeating it.</summary>
    public static void Require(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var problem = value.Length == 0 ? "is empty" : !IsWellFormed(value, out var bytes) ? "is not well-formed text" : bytes > MaximumBytes ? "is too long" : null;
        if (problem is not null)
            throw new SchedulingValidationException(new ValidationError { Field = "value", Message = $"The secret's value {problem}: give 1-65,536 bytes of well-formed text.", Allowed = "1-65,536 bytes in UTF-8" });
    }

    private static bool IsWellFormed(string value, out int bytes)
    {
        try
        {
            bytes = Strict.GetByteCount(value);
            return true;
        }
        catch (EncoderFallbackException)
        {
            bytes = 0;
            return false;
        }
    }

    private static byte[] Context(TenantId tenant, string name) => Encoding.UTF8.GetBytes($"{tenant}\u001F{name}");
}
