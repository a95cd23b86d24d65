using Scheduling.Promise;

namespace Scheduling.Sqlite.Tests;

/// <summary>The promise on the SQLite store, each scenario on a file of its own.</summary>
public sealed class SqlitePromiseTests : PromiseTests<SqliteFixture>
{
    protected override int ShortCases => 5;
}
