using Npgsql;

namespace Scheduling.PostgreSql.Tests.Faults;

/// <summary>G10: what a connection string holds is in no exception, wherever the password was put by mistake.</summary>
public sealed class ConnectionSecretTests
{
    private const string Secret = "hunter2secret";

    [Theory]
    [InlineData("Host=db;Passwrd=" + Secret, "passwrd")]
    [InlineData("Host=db;Port=" + Secret, "port")]
    [InlineData("Host=db;SSL Mode=" + Secret, "ssl mode")]
    [InlineData("Host=db;Timeout=-" + Secret, "timeout")]
    [InlineData("Host=db;" + Secret, "name=value")]
    [InlineData("postgres://user:" + Secret + "@db/app", "name=value")]
    public void Store_ConnectionStringItCannotRead_NamesTheSettingAndNoValue(string text, string named)
    {
        var refused = Assert.Throws<ArgumentException>(() => new PostgreSqlStore(text));

        Assert.Contains(named, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=user;Database=app;Password=")]
    [InlineData("Host=nowhere.invalid;Username=user;Password=")]
    public async Task Call_ServerThatCannotBeReached_TellsNoPassword(string text)
    {
        await using var store = new PostgreSqlStore(text + Secret);

        var failed = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await store.Claims.InspectAsync(default));

        Assert.DoesNotContain(Secret, failed.ToString(), StringComparison.Ordinal);
    }
}
