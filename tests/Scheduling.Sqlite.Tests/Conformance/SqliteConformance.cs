using Scheduling.Conformance;

namespace Scheduling.Sqlite.Tests;

public sealed class SqliteCancelTests : CancelTests<SqliteFixture>;

public sealed class SqliteClaimPlacesTests : ClaimPlacesTests<SqliteFixture>;

public sealed class SqliteClaimTests : ClaimTests<SqliteFixture>;

public sealed class SqliteClockTests : ClockTests<SqliteFixture>;

public sealed class SqliteCompletenessTests : CompletenessTests<SqliteFixture>;

public sealed class SqliteConcurrencyTests : ConcurrencyTests<SqliteFixture>;

public sealed class SqliteEditTests : EditTests<SqliteFixture>;

public sealed class SqliteEraseTests : EraseTests<SqliteFixture>;

public sealed class SqliteFairnessTests : FairnessTests<SqliteFixture>;

public sealed class SqliteFaultTests : FaultTests<SqliteFixture>;

public sealed class SqliteForeignTenantTests : ForeignTenantTests<SqliteFixture>;

public sealed class SqliteGuardedWriteTests : GuardedWriteTests<SqliteFixture>;

public sealed class SqliteHostileNameTests : HostileNameTests<SqliteFixture>;

public sealed class SqliteHistoryTests : HistoryTests<SqliteFixture>;

public sealed class SqliteInspectTests : InspectTests<SqliteFixture>;

public sealed class SqliteJobCountLimitTests : JobCountLimitTests<SqliteFixture>;

public sealed class SqliteJobDeletionTests : JobDeletionTests<SqliteFixture>;

public sealed class SqliteJobListingTests : JobListingTests<SqliteFixture>;

public sealed class SqliteJobSearchTests : JobSearchTests<SqliteFixture>;

public sealed class SqliteJobWritingTests : JobWritingTests<SqliteFixture>;

public sealed class SqliteMisfireTests : MisfireTests<SqliteFixture>;

public sealed class SqliteOrphanTests : OrphanTests<SqliteFixture>;

public sealed class SqliteOverlapTests : OverlapTests<SqliteFixture>;

public sealed class SqliteParkingTests : ParkingTests<SqliteFixture>;

public sealed class SqlitePauseTests : PauseTests<SqliteFixture>;

public sealed class SqlitePollingContractTests : PollingContractTests<SqliteFixture>;

public sealed class SqliteRenewalTests : RenewalTests<SqliteFixture>;

public sealed class SqliteRetentionTests : RetentionTests<SqliteFixture>;

public sealed class SqliteRetryTests : RetryTests<SqliteFixture>;

public sealed class SqliteRunNowTests : RunNowTests<SqliteFixture>;

public sealed class SqliteRunEventTests : RunEventTests<SqliteFixture>;

public sealed class SqliteSecretTests : SecretTests<SqliteFixture>;

public sealed class SqliteSettlementTests : SettlementTests<SqliteFixture>;

public sealed class SqliteTenantLimitTests : TenantLimitTests<SqliteFixture>;

public sealed class SqliteTenantRateTests : TenantRateTests<SqliteFixture>;

public sealed class SqliteWakeTests : WakeTests<SqliteFixture>;

public sealed class SqliteWidePauseTests : WidePauseTests<SqliteFixture>;

public sealed class SqliteZoneChangeTests : ZoneChangeTests<SqliteFixture>;

public sealed class SqliteWhyTests : WhyTests<SqliteFixture>;
