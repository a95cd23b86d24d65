namespace Scheduling.Faults.Tests;

public sealed class PostgreSqlFaultTests(PostgreSqlServer server) : FaultTests, IClassFixture<PostgreSqlServer>
{
    private protected override Task<World> CreateAsync() => server.CreateWorldAsync();
}
