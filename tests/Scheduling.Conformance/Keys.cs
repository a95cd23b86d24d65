using System.Security.Cryptography;
using System.Text;
using Scheduling.Secrets;

namespace Scheduling.Conformance;

/// <summary>Keys for secrets in tests: always the same for the same id.</summary>
public static class Keys
{
    /// <summary>A protector whose first key seals.</summary>
    public static AesGcmSecretProtector Of(params string[] ids) => new([.. ids.Select(static id => new SecretKey(id, SHA256.HashData(Encoding.UTF8.GetBytes(id))))]);
}
