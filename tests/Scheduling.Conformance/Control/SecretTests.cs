using System.Globalization;
using System.Text;
using NodaTime;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Secrets of tenants: set, deleted, listed by name, never read back, bound to their tenant and name, encrypted anew with a newer key.</summary>
public abstract class SecretTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private const string Canary = "canary-5d1f8e";

    [Fact]
    public async Task Set_New_IsVersionOne_AndAgainIsTheNext()
    {
        var first = await Acme.Secrets.SetAsync("token", Canary);
        Advance(Duration.FromSeconds(1));
        var second = await Acme.Secrets.SetAsync("token", Canary + "2");

        Assert.Equal(new SecretInfo { Name = "token", Version = 1, CreatedAt = Start, UpdatedAt = Start }, first);
        Assert.Equal(new SecretInfo { Name = "token", Version = 2, CreatedAt = Start, UpdatedAt = Now }, second);
        Assert.Equal(Canary + "2", await OpenAsync("acme", "token"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ä☃😀\0\r\n'; drop table secrets; --")]
    public async Task Set_AnyText_OpensToTheSame(string value)
    {
        await Acme.Secrets.SetAsync("a name with 'quotes' and %_\\", value);

        Assert.Equal(value, await OpenAsync("acme", "a name with 'quotes' and %_\\"));
    }

    [Fact]
    public async Task Set_TheLongest_OpensToTheSame()
    {
        await Acme.Secrets.SetAsync("token", new string('x', 65_536));

        Assert.Equal(65_536, (await OpenAsync("acme", "token")).Length);
        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Acme.Secrets.SetAsync("token", new string('x', 65_537)));
        Assert.Equal("value", Assert.Single(refused.Errors).Field);
    }

    [Fact]
    public async Task Store_SeesCiphertextOnly()
    {
        await Acme.Secrets.SetAsync("token", Canary);

        var stored = await Store.Secrets.GetAsync(Acme.Tenant, "token", default);

        Assert.Equal(-1, stored!.Value.Bytes.Span.IndexOf(Encoding.UTF8.GetBytes(Canary)));
        Assert.Equal("first", stored.Value.KeyId);
    }

    [Fact]
    public async Task Ciphertext_MovedToAnotherTenantOrName_DoesNotOpen()
    {
        await Acme.Secrets.SetAsync("token", Canary);
        var stored = (await Store.Secrets.GetAsync(Acme.Tenant, "token", default))!;
        await Store.Secrets.WriteAsync(new WriteSecretRequest { Tenant = new TenantId("globex"), Name = "token", Value = stored.Value }, default);
        await Store.Secrets.WriteAsync(new WriteSecretRequest { Tenant = Acme.Tenant, Name = "other", Value = stored.Value }, default);

        await Assert.ThrowsAsync<SecretUnreadableException>(() => OpenAsync("globex", "token"));
        await Assert.ThrowsAsync<SecretUnreadableException>(() => OpenAsync("acme", "other"));
    }

    [Fact]
    public async Task Set_TheMask_ChangesNothing()
    {
        var set = await Acme.Secrets.SetAsync("token", Canary);
        Advance(Duration.FromSeconds(1));

        Assert.Equal(set, await Acme.Secrets.SetAsync("token", SecretMask.Text));
        Assert.Equal(set, await Acme.Secrets.SetAsync("token", SecretMask.Text, expectedVersion: 1));

        Assert.Equal(Canary, await OpenAsync("acme", "token"));
        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Acme.Secrets.SetAsync("unknown", SecretMask.Text));
        Assert.Equal("value", Assert.Single(refused.Errors).Field);
        Assert.Equal(["token"], await NamesAsync(100));
    }

    [Theory]
    [InlineData(0L, null, true)]
    [InlineData(1L, null, false)]
    [InlineData(0L, 1L, false)]
    [InlineData(1L, 1L, true)]
    [InlineData(2L, 1L, false)]
    public async Task Set_WithExpectedVersion_HoldsOrIsRefused(long expected, long? actual, bool isWritten)
    {
        if (actual is not null)
            await Acme.Secrets.SetAsync("token", Canary);
        if (isWritten)
        {
            Assert.Equal((actual ?? 0) + 1, (await Acme.Secrets.SetAsync("token", "new", expected)).Version);
            return;
        }

        var conflict = await Assert.ThrowsAsync<SecretConflictException>(async () => await Acme.Secrets.SetAsync("token", "new", expected));
        Assert.Equal(("token", expected, actual ?? 0), (conflict.Name, conflict.ExpectedVersion, conflict.ActualVersion));
        await Assert.ThrowsAsync<SecretConflictException>(async () => await Acme.Secrets.SetAsync("token", SecretMask.Text, expected));
    }

    [Fact]
    public async Task Delete_OnceTrueThenFalse()
    {
        await Acme.Secrets.SetAsync("token", Canary);

        Assert.False(await Tenant("globex").Secrets.DeleteAsync("token"));
        Assert.True(await Acme.Secrets.DeleteAsync("token"));
        Assert.False(await Acme.Secrets.DeleteAsync("token"));
        Assert.False(await Acme.Secrets.DeleteAsync(""));
        Assert.Empty(await NamesAsync(100));
        Assert.Equal(1, (await Acme.Secrets.SetAsync("token", Canary)).Version);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task ListNames_PagesOfAnySize_AreTheTenantsOwnInOrder(int size)
    {
        foreach (var name in (string[])["b", "a", "B", "ä", "😀", "\uFB01"])
            await Acme.Secrets.SetAsync(name, Canary);
        await Tenant("globex").Secrets.SetAsync("theirs", Canary);

        Assert.Equal(["B", "a", "b", "ä", "\uFB01", "😀"], await NamesAsync(size));
    }

    [Fact]
    public async Task ListNames_ForeignCursor_IsRefused()
    {
        await Acme.Secrets.SetAsync("a", Canary);
        await Acme.Secrets.SetAsync("b", Canary);
        var cursor = (await Acme.Secrets.ListNamesAsync(1)).Cursor;

        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Tenant("globex").Secrets.ListNamesAsync(1, cursor));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.Secrets.ListNamesAsync(1, "AQ"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a\n")]
    public async Task Set_BadName_IsRefusedWithoutTheValue(string name)
    {
        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Acme.Secrets.SetAsync(name, Canary));

        Assert.Equal("name", Assert.Single(refused.Errors).Field);
        Assert.DoesNotContain(Canary, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_EverySecretOfAnotherKey_IsEncryptedAnewAndStaysTheSame()
    {
        for (var n = 0; n < 250; n++)
            await Tenant(string.Create(CultureInfo.InvariantCulture, $"tenant-{n % 3}")).Secrets.SetAsync(string.Create(CultureInfo.InvariantCulture, $"secret-{n}"), Canary);
        var newer = new JobScheduler(Store, time: Clock, secrets: Keys.Of("second", "first"));
        await newer.ForTenant("acme").Secrets.SetAsync("new", Canary);
        var told = new List<long>();
        Advance(Duration.FromSeconds(1));

        var done = await newer.RotateSecretsAsync(new Told(told));

        Assert.Equal((250L, 0L, 0L), (done.Rotated, done.Overtaken, done.Unreadable));
        Assert.Equal([100, 200, 250], told);
        Assert.Equal(0, (await newer.RotateSecretsAsync()).Rotated);
        Assert.Equal(Canary, await OpenAsync("tenant-1", "secret-100", "second"));
        var info = Assert.Single((await Tenant("tenant-1").Secrets.ListNamesAsync(1)).Items);
        Assert.Equal((1L, Start), (info.Version, info.UpdatedAt));
        Assert.Equal("second", (await Store.Secrets.GetAsync(new TenantId("tenant-0"), "secret-0", default))!.Value.KeyId);
    }

    [Fact]
    public async Task Rotate_WhatCannotBeOpened_IsCountedAndStays()
    {
        await Acme.Secrets.SetAsync("lost", Canary);
        var newer = new JobScheduler(Store, time: Clock, secrets: Keys.Of("third", "second"));
        await new JobScheduler(Store, time: Clock, secrets: Keys.Of("second")).ForTenant("acme").Secrets.SetAsync("kept", Canary);

        var done = await newer.RotateSecretsAsync();

        Assert.Equal((1L, 1L), (done.Rotated, done.Unreadable));
        Assert.Equal(["first"], done.UnreadableKeyIds);
        Assert.Equal(Canary, await OpenAsync("acme", "lost"));
    }

    [Fact]
    public async Task Rotation_OfASecretThatWasSetMeanwhile_IsNotWritten()
    {
        await Acme.Secrets.SetAsync("token", "old");
        var old = (await Store.Secrets.GetAsync(Acme.Tenant, "token", default))!;
        await Acme.Secrets.SetAsync("token", Canary);

        var response = await Store.Secrets.WriteAsync(new WriteSecretRequest { Tenant = Acme.Tenant, Name = "token", Value = old.Value, ExpectedVersion = 1, IsRotation = true }, default);

        Assert.Equal((false, 2L), (response.IsWritten, response.Secret?.Version));
        Assert.Equal(Canary, await OpenAsync("acme", "token"));
    }

    [Fact]
    public async Task NoKey_SettingIsRefusedAndNothingIsStored()
    {
        var keyless = new JobScheduler(Store, time: Clock);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await keyless.ForTenant("acme").Secrets.SetAsync("token", Canary));

        Assert.Contains("Scheduling:Secrets:Keys", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await NamesAsync(100));
    }

    private async Task<string> OpenAsync(string tenant, string name, string key = "first")
    {
        var stored = await Store.Secrets.GetAsync(new TenantId(tenant), name, default);
        return Encoding.UTF8.GetString(Keys.Of(key).Open(stored!.Value, Encoding.UTF8.GetBytes($"{tenant}\u001F{name}")));
    }

    private async Task<List<string>> NamesAsync(int size)
    {
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Acme.Secrets.ListNamesAsync(size, cursor);
            names.AddRange(page.Items.Select(static info => info.Name));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return names;
    }

    private sealed class Told(List<long> rotated) : IProgress<SecretRotation>
    {
        public void Report(SecretRotation value) => rotated.Add(value.Rotated);
    }
}
