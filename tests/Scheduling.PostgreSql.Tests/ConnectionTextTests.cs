namespace Scheduling.PostgreSql.Tests;

/// <summary>faults.md G10: a connection string has a password, so nothing that goes wrong with it may show one.</summary>
public class ConnectionTextTests
{
    private const string Canary = "canary-4d09f7c1";

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Timeout=5;Password=" + Canary)]
    [InlineData("Host=127.0.0.1;Pasword=" + Canary)]
    [InlineData("Host=127.0.0.1;Port=1;Password='" + Canary + ";Database=unclosed")]
    public async Task Failure_OfAnyKind_ShowsNoPassword(string connectionString)
    {
        var shown = new List<string>();

        var failure = await Record.ExceptionAsync(async () =>
        {
            await using var store = new PostgreSqlStore(connectionString);
            shown.Add(store.Name);
            await store.InitializeAsync(TestContext.Current.CancellationToken);
        });

        Assert.NotNull(failure);
        Assert.All([.. shown, failure.ToString()], static text => Assert.DoesNotContain(Canary, text, StringComparison.Ordinal));
    }
}
