using System.Text;
using Scheduling.Conformance;

namespace Scheduling.PostgreSql.Tests;

/// <summary>What pg_dump and the server's log show of a secret: nothing.</summary>
public class SecretDumpTests
{
    [Fact]
    public async Task Dump_AfterRunsThatLeakedTheirSecretInEveryWay_HasNoCanary()
    {
        await using var schema = new TestSchema();
        await using var store = schema.Store();
        await store.InitializeAsync(default);
        await SecretCanary.RunAsync(store);

        var dump = Cluster.Server.Dump(schema.Quoted);

        // The dump has the rows: the secret's, and those of the runs with masks in the place of the secret.
        Assert.Contains("throws inside", dump, StringComparison.Ordinal);
        Assert.Contains("2026-02", dump, StringComparison.Ordinal);
        Assert.Contains("Bearer ********", dump, StringComparison.Ordinal);
        SecretCanary.AssertAbsent(Encoding.UTF8.GetBytes(dump));
        SecretCanary.AssertAbsent(Encoding.UTF8.GetBytes(Cluster.Server.Log()));
    }
}
