using Scheduling.Promise;

namespace Scheduling.PostgreSql.Tests;

/// <summary>The promise on the PostgreSQL store, each scenario in a schema of its own.</summary>
public sealed class PostgreSqlPromiseTests : PromiseTests<PostgreSqlFixture>
{
    protected override int ShortCases => 3;
}
