using Microsoft.AspNetCore.DataProtection;

namespace Scheduling.DataProtection.Tests;

/// <summary>A provider that knows no keys.</summary>
internal sealed class ReversingProvider : IDataProtector
{
    public IDataProtector CreateProtector(string purpose) => this;

    public byte[] Protect(byte[] plaintext) => [.. plaintext.Reverse()];

    public byte[] Unprotect(byte[] protectedData) => [.. protectedData.Reverse()];
}
