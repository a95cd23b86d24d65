using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>The README's table of the contract names tests that there are.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void ContractTable_NamesTestsThatThereAre()
    {
        var named = ContractTable.TestsOf("PollingService");

        Assert.True(named.Count > 20, $"The table names {named.Count} tests.");
        Assert.Empty(named.Except(ContractTable.TestsIn(typeof(ReadmeTests).Assembly), StringComparer.Ordinal));
    }
}
