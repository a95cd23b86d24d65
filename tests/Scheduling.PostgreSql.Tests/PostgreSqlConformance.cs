using Scheduling.Conformance;

namespace Scheduling.PostgreSql.Tests;

public sealed class PostgreSqlCancelTests : CancelTests<PostgreSqlFixture>;

public sealed class PostgreSqlClaimPlacesTests : ClaimPlacesTests<PostgreSqlFixture>;

public sealed class PostgreSqlClaimTests : ClaimTests<PostgreSqlFixture>;

public sealed class PostgreSqlClockTests : ClockTests<PostgreSqlFixture>;

public sealed class PostgreSqlCompletenessTests : CompletenessTests<PostgreSqlFixture>;

public sealed class PostgreSqlConcurrencyTests : ConcurrencyTests<PostgreSqlFixture>;

public sealed class PostgreSqlEditTests : EditTests<PostgreSqlFixture>;

public sealed class PostgreSqlEraseTests : EraseTests<PostgreSqlFixture>;

public sealed class PostgreSqlFairnessTests : FairnessTests<PostgreSqlFixture>;

public sealed class PostgreSqlFaultTests : FaultTests<PostgreSqlFixture>;

public sealed class PostgreSqlForeignTenantTests : ForeignTenantTests<PostgreSqlFixture>;

public sealed class PostgreSqlGuardedWriteTests : GuardedWriteTests<PostgreSqlFixture>;

public sealed class PostgreSqlHostileNameTests : HostileNameTests<PostgreSqlFixture>;

public sealed class PostgreSqlHistoryTests : HistoryTests<PostgreSqlFixture>;

public sealed class PostgreSqlInspectTests : InspectTests<PostgreSqlFixture>;

public sealed class PostgreSqlJobDeletionTests : JobDeletionTests<PostgreSqlFixture>;

public sealed class PostgreSqlJobListingTests : JobListingTests<PostgreSqlFixture>;

public sealed class PostgreSqlJobWritingTests : JobWritingTests<PostgreSqlFixture>;

public sealed class PostgreSqlMisfireTests : MisfireTests<PostgreSqlFixture>;

public sealed class PostgreSqlOrphanTests : OrphanTests<PostgreSqlFixture>;

public sealed class PostgreSqlOverlapTests : OverlapTests<PostgreSqlFixture>;

public sealed class PostgreSqlParkingTests : ParkingTests<PostgreSqlFixture>;

public sealed class PostgreSqlPauseTests : PauseTests<PostgreSqlFixture>;

public sealed class PostgreSqlPollingContractTests : PollingContractTests<PostgreSqlFixture>;

public sealed class PostgreSqlRenewalTests : RenewalTests<PostgreSqlFixture>;

public sealed class PostgreSqlRetentionTests : RetentionTests<PostgreSqlFixture>;

public sealed class PostgreSqlRetryTests : RetryTests<PostgreSqlFixture>;

public sealed class PostgreSqlRunNowTests : RunNowTests<PostgreSqlFixture>;

public sealed class PostgreSqlRunEventTests : RunEventTests<PostgreSqlFixture>;

public sealed class PostgreSqlSecretTests : SecretTests<PostgreSqlFixture>;

public sealed class PostgreSqlSettlementTests : SettlementTests<PostgreSqlFixture>;

public sealed class PostgreSqlTenantLimitTests : TenantLimitTests<PostgreSqlFixture>;

public sealed class PostgreSqlWakeTests : WakeTests<PostgreSqlFixture>;

public sealed class PostgreSqlJobSearchTests : JobSearchTests<PostgreSqlFixture>;

public sealed class PostgreSqlTenantRateTests : TenantRateTests<PostgreSqlFixture>;

public sealed class PostgreSqlWidePauseTests : WidePauseTests<PostgreSqlFixture>;

public sealed class PostgreSqlJobCountLimitTests : JobCountLimitTests<PostgreSqlFixture>;

public sealed class PostgreSqlZoneChangeTests : ZoneChangeTests<PostgreSqlFixture>;

public sealed class PostgreSqlWhyTests : WhyTests<PostgreSqlFixture>;
