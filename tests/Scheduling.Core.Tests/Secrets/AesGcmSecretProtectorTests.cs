using System.Security.Cryptography;
using System.Text;
using Scheduling.Secrets;

namespace Scheduling.Core.Tests.Secrets;

/// <summary>The envelope: opens what it sealed, with the ring's keys, for what it belongs to, unchanged; and nothing else.</summary>
public class AesGcmSecretProtectorTests
{
    private static readonly byte[] Context = "acme\u001Ftoken"u8.ToArray();
    private static readonly byte[] Value = "canary"u8.ToArray();

    [Fact]
    public void Open_WhatWasSealed_IsTheSame()
    {
        var protector = Ring("a");

        Assert.Equal(Value, protector.Open(protector.Seal(Value, Context), Context));
        Assert.Empty(protector.Open(protector.Seal([], Context), Context));
    }

    [Fact]
    public void Seal_Twice_GivesTwoTexts()
    {
        var protector = Ring("a");

        Assert.NotEqual(protector.Seal(Value, Context).Bytes.ToArray(), protector.Seal(Value, Context).Bytes.ToArray());
    }

    [Fact]
    public void Open_WithAnOlderKeyOfTheRing_Works()
    {
        var old = Ring("a").Seal(Value, Context);

        Assert.Equal(Value, Ring("b", "a").Open(old, Context));
        Assert.Equal("b", Ring("b", "a").Seal(Value, Context).KeyId);
    }

    [Fact]
    public void Open_KeyNotInTheRing_NamesIt()
    {
        var unreadable = Assert.Throws<SecretUnreadableException>(() => Ring("b").Open(Ring("a").Seal(Value, Context), Context));

        Assert.Equal("a", unreadable.KeyId);
        Assert.Contains("'a'", unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherKeyOfTheSameId_IsRefused()
    {
        var other = new AesGcmSecretProtector([new SecretKey("a", SHA256.HashData("other"u8))]);

        Assert.Throws<SecretUnreadableException>(() => other.Open(Ring("a").Seal(Value, Context), Context));
    }

    [Fact]
    public void Open_AnotherContext_IsRefused() =>
        Assert.Throws<SecretUnreadableException>(() => Ring("a").Open(Ring("a").Seal(Value, Context), "acme\u001Fother"u8));

    [Fact]
    public void Open_AnyByteChanged_IsRefused()
    {
        var bytes = Ring("a").Seal(Value, Context).Bytes.ToArray();
        for (var place = 0; place < bytes.Length; place++)
        {
            var changed = bytes.ToArray();
            changed[place] ^= 1;
            Assert.Throws<SecretUnreadableException>(() => Ring("a").Open(new SealedValue("a", changed), Context));
        }
    }

    [Fact]
    public void Open_CutAnywhere_IsRefused()
    {
        var bytes = Ring("a").Seal(Value, Context).Bytes.ToArray();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<SecretUnreadableException>(() => Ring("a").Open(new SealedValue("a", bytes.AsMemory(0, length)), Context));
        Assert.Throws<SecretUnreadableException>(() => Ring("a").Open(default, Context));
    }

    [Fact]
    public void Ring_NoKeyOrTheSameIdTwice_IsRefused()
    {
        Assert.Throws<SchedulingValidationException>(() => new AesGcmSecretProtector([]));
        Assert.Contains("'a'", Assert.Throws<SchedulingValidationException>(() => Ring("a", "a")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Key_NotThirtyTwoBytes_IsRefusedWithoutTheText(string base64)
    {
        var refused = Assert.Throws<SchedulingValidationException>(() => SecretKey.FromBase64("2026", base64));

        Assert.Equal("value", Assert.Single(refused.Errors).Field);
        Assert.True(base64.Length == 0 || !refused.ToString().Contains(base64, StringComparison.Ordinal));
    }

    [Fact]
    public void Key_AsText_ShowsItsIdOnly()
    {
        Assert.Equal("key '2026'", SecretKey.FromBase64("2026", Convert.ToBase64String(SHA256.HashData("k"u8))).ToString());
    }

    private static AesGcmSecretProtector Ring(params string[] ids) => new([.. ids.Select(static id => new SecretKey(id, SHA256.HashData(Encoding.UTF8.GetBytes(id))))]);
}
