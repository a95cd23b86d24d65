using Scheduling.TestKit.Services;

namespace PollingService.Tests;

public sealed class PostgreSqlConfigTests : ConfigTests<OnPostgreSql>;

public sealed class PostgreSqlInstanceTests(SharedService<OnPostgreSql> shared) : InstanceTests<OnPostgreSql>(shared);

public sealed class PostgreSqlPollingTests(SharedService<OnPostgreSql> shared) : PollingTests<OnPostgreSql>(shared)
{
    protected override int Weeks => 20;
}

public sealed class PostgreSqlRefusalTests(SharedService<OnPostgreSql> shared) : RefusalTests<OnPostgreSql>(shared);

public sealed class PostgreSqlRunTests : RunTests<OnPostgreSql>;

public sealed class PostgreSqlHostileTextTests(SharedService<OnPostgreSql> shared) : HostileTextTests<OnPostgreSql>(shared);
