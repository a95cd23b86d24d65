using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Scheduling.Secrets;

namespace Scheduling.DataProtection.Tests;

/// <summary>What Data Protection seals opens for its owner alone, and what no longer opens says why.</summary>
public class DataProtectionSecretProtectorTests
{
    private const string Canary = "canary-b1946ac924";
    private static readonly byte[] Acme = "acme\u001Ftoken"u8.ToArray();
    private static readonly byte[] Globex = "globex\u001Ftoken"u8.ToArray();

    [Fact]
    public void Open_WhatWasSealed_IsTheSameAlsoInAnotherProcess()
    {
        using var ring = new KeyRing();

        var value = ring.Protector().Seal(Bytes(Canary), Acme);

        Assert.Equal(Canary, Text(ring.Protector().Open(value, Acme)));
        Assert.Equal(-1, value.Bytes.Span.IndexOf(Bytes(Canary)));
    }

    [Fact]
    public void KeyId_IsThatOfTheKeyThatSeals()
    {
        using var ring = new KeyRing();
        var process = ring.Open();
        var protector = KeyRing.Of(process);

        var id = protector.KeyId;

        Assert.Equal(id, protector.Seal(Bytes(Canary), Acme).KeyId);
        Assert.Equal($"data-protection:{Assert.Single(process.GetRequiredService<IKeyManager>().GetAllKeys()).KeyId}", id);
    }

    [Fact]
    public void NewKey_SealsFromThenOnAndTheOldOneStillOpens()
    {
        using var ring = new KeyRing();
        var process = ring.Open();
        var protector = KeyRing.Of(process);
        var old = protector.Seal(Bytes(Canary), Acme);

        KeyRing.AddKey(process);
        var later = ring.Protector();
        var current = later.Seal(Bytes(Canary), Acme);

        Assert.NotEqual(old.KeyId, current.KeyId);
        Assert.Equal(current.KeyId, later.KeyId);
        Assert.Equal((Canary, Canary), (Text(later.Open(old, Acme)), Text(later.Open(current, Acme))));
    }

    [Fact]
    public void Open_OfAnotherTenant_FailsWithoutTheSecret()
    {
        using var ring = new KeyRing();
        var protector = ring.Protector();
        var value = protector.Seal(Bytes(Canary), Acme);

        var refused = Assert.Throws<SecretUnreadableException>(() => protector.Open(value, Globex));

        Assert.Equal(value.KeyId, refused.KeyId);
        Assert.Contains("was changed or moved", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnotherApplication_Fails()
    {
        using var ring = new KeyRing();
        var value = ring.Protector().Seal(Bytes(Canary), Acme);

        var refused = Assert.Throws<SecretUnreadableException>(() => ring.Protector("another").Open(value, Acme));

        Assert.Contains("another application name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ChangedByOneBit_Fails()
    {
        using var ring = new KeyRing();
        var protector = ring.Protector();
        var value = protector.Seal(Bytes(Canary), Acme);
        var bytes = value.Bytes.ToArray();
        bytes[^1] ^= 1;

        Assert.Contains("was changed", Assert.Throws<SecretUnreadableException>(() => protector.Open(new SealedValue(value.KeyId, bytes), Acme)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_KeyIsLost_SaysSoWithItsId()
    {
        using var ring = new KeyRing();
        var value = ring.Protector().Seal(Bytes(Canary), Acme);
        ring.Lose(value.KeyId);

        var refused = Assert.Throws<SecretUnreadableException>(() => ring.Protector().Open(value, Acme));

        Assert.Equal(value.KeyId, refused.KeyId);
        Assert.Contains($"key '{value.KeyId}' does not open: the key is not in the key ring.", refused.Message, StringComparison.Ordinal);
        Assert.IsType<CryptographicException>(refused.InnerException, exactMatch: false);
    }

    [Fact]
    public void Open_KeyIsRevoked_SaysSo()
    {
        using var ring = new KeyRing();
        var process = ring.Open();
        var value = KeyRing.Of(process).Seal(Bytes(Canary), Acme);
        process.GetRequiredService<IKeyManager>().RevokeKey(Guid.Parse(value.KeyId["data-protection:".Length..]), "a test");

        var refused = Assert.Throws<SecretUnreadableException>(() => ring.Protector().Open(value, Acme));

        Assert.Contains("the key was revoked", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RingThatEndedWithItsProcess_NamesBothCauses()
    {
        var value = new DataProtectionSecretProtector(new EphemeralDataProtectionProvider()).Seal(Bytes(Canary), Acme);

        var refused = Assert.Throws<SecretUnreadableException>(() => new DataProtectionSecretProtector(new EphemeralDataProtectionProvider()).Open(value, Acme));

        Assert.StartsWith("data-protection:", value.KeyId, StringComparison.Ordinal);
        Assert.Contains("not in the key ring", refused.Message, StringComparison.Ordinal);
        Assert.Contains("changed or moved", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SealedByKeysOfTheSettings_NeedsThemBeside()
    {
        using var ring = new KeyRing();
        var former = new AesGcmSecretProtector([new SecretKey("2026-01", SHA256.HashData("key"u8))]);
        var value = former.Seal(Bytes(Canary), Acme);
        var provider = ring.Open().GetRequiredService<IDataProtectionProvider>();

        Assert.Equal(Canary, Text(new DataProtectionSecretProtector(provider, former: former).Open(value, Acme)));
        var refused = Assert.Throws<SecretUnreadableException>(() => new DataProtectionSecretProtector(provider).Open(value, Acme));
        Assert.Equal("2026-01", refused.KeyId);
        Assert.Contains("configure Scheduling:Secrets:Keys beside it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Provider_WithoutAKeyRing_HasOneIdForAll()
    {
        var protector = new DataProtectionSecretProtector(new ReversingProvider());

        var value = protector.Seal(Bytes(Canary), Acme);

        Assert.Equal(("data-protection", "data-protection"), (value.KeyId, protector.KeyId));
        Assert.Equal(Canary, Text(protector.Open(value, Acme)));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
