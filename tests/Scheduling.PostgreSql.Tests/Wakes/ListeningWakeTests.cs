using Scheduling.Conformance;

namespace Scheduling.PostgreSql.Tests.Wakes;

/// <summary>The wakes of the suite, with notifications on: without, nothing is asked of the store.</summary>
public sealed class ListeningWakeTests : WakeTests<ListeningFixture>;

/// <summary>What notifications must not break.</summary>
public sealed class ListeningConcurrencyTests : ConcurrencyTests<ListeningFixture>;
