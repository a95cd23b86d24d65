using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

public sealed class PostgreSqlAccessTests(SharedService<OnPostgreSql> shared) : AccessTests<OnPostgreSql>(shared);

public sealed class PostgreSqlConfigTests(SharedService<OnPostgreSql> shared) : ConfigTests<OnPostgreSql>(shared);

public sealed class PostgreSqlHistoryTests : HistoryTests<OnPostgreSql>;

public sealed class PostgreSqlJobTests(SharedService<OnPostgreSql> shared) : JobTests<OnPostgreSql>(shared);

public sealed class PostgreSqlRefusalTests(SharedService<OnPostgreSql> shared) : RefusalTests<OnPostgreSql>(shared);

public sealed class PostgreSqlUpdateTests(SharedService<OnPostgreSql> shared) : UpdateTests<OnPostgreSql>(shared);

public sealed class PostgreSqlUpdateRefusalTests(SharedService<OnPostgreSql> shared) : UpdateRefusalTests<OnPostgreSql>(shared);

public sealed class PostgreSqlHostileTextTests(SharedService<OnPostgreSql> shared) : HostileTextTests<OnPostgreSql>(shared);
