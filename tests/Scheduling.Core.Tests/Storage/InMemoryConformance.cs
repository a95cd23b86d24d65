using Scheduling.Conformance;

namespace Scheduling.Core.Tests.Storage;

public sealed class InMemoryCancelTests : CancelTests<InMemoryFixture>;

public sealed class InMemoryClaimPlacesTests : ClaimPlacesTests<InMemoryFixture>;

public sealed class InMemoryClaimTests : ClaimTests<InMemoryFixture>;

public sealed class InMemoryClockTests : ClockTests<InMemoryFixture>;

public sealed class InMemoryCompletenessTests : CompletenessTests<InMemoryFixture>;

public sealed class InMemoryConcurrencyTests : ConcurrencyTests<InMemoryFixture>;

public sealed class InMemoryEditTests : EditTests<InMemoryFixture>;

public sealed class InMemoryEraseTests : EraseTests<InMemoryFixture>;

public sealed class InMemoryFairnessTests : FairnessTests<InMemoryFixture>;

public sealed class InMemoryFaultTests : FaultTests<InMemoryFixture>;

public sealed class InMemoryForeignTenantTests : ForeignTenantTests<InMemoryFixture>;

public sealed class InMemoryGuardedWriteTests : GuardedWriteTests<InMemoryFixture>;

public sealed class InMemoryHostileNameTests : HostileNameTests<InMemoryFixture>;

public sealed class InMemoryHistoryTests : HistoryTests<InMemoryFixture>;

public sealed class InMemoryInspectTests : InspectTests<InMemoryFixture>;

public sealed class InMemoryJobCountLimitTests : JobCountLimitTests<InMemoryFixture>;

public sealed class InMemoryJobDeletionTests : JobDeletionTests<InMemoryFixture>;

public sealed class InMemoryJobListingTests : JobListingTests<InMemoryFixture>;

public sealed class InMemoryJobSearchTests : JobSearchTests<InMemoryFixture>;

public sealed class InMemoryJobWritingTests : JobWritingTests<InMemoryFixture>;

public sealed class InMemoryMisfireTests : MisfireTests<InMemoryFixture>;

public sealed class InMemoryOrphanTests : OrphanTests<InMemoryFixture>;

public sealed class InMemoryOverlapTests : OverlapTests<InMemoryFixture>;

public sealed class InMemoryParkingTests : ParkingTests<InMemoryFixture>;

public sealed class InMemoryPauseTests : PauseTests<InMemoryFixture>;

public sealed class InMemoryPollingContractTests : PollingContractTests<InMemoryFixture>;

public sealed class InMemoryRenewalTests : RenewalTests<InMemoryFixture>;

public sealed class InMemoryRetentionTests : RetentionTests<InMemoryFixture>;

public sealed class InMemoryRetryTests : RetryTests<InMemoryFixture>;

public sealed class InMemoryRunNowTests : RunNowTests<InMemoryFixture>;

public sealed class InMemoryRunEventTests : RunEventTests<InMemoryFixture>;

public sealed class InMemorySecretTests : SecretTests<InMemoryFixture>;

public sealed class InMemorySettlementTests : SettlementTests<InMemoryFixture>;

public sealed class InMemoryTenantLimitTests : TenantLimitTests<InMemoryFixture>;

public sealed class InMemoryTenantRateTests : TenantRateTests<InMemoryFixture>;

public sealed class InMemoryWakeTests : WakeTests<InMemoryFixture>;

public sealed class InMemoryWidePauseTests : WidePauseTests<InMemoryFixture>;

public sealed class InMemoryZoneChangeTests : ZoneChangeTests<InMemoryFixture>;

public sealed class InMemoryWhyTests : WhyTests<InMemoryFixture>;
