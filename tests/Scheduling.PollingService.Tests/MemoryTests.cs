using Scheduling.TestKit.Services;

namespace PollingService.Tests;

public sealed class MemoryConfigTests : ConfigTests<InMemory>;

public sealed class MemoryInstanceTests(SharedService<InMemory> shared) : InstanceTests<InMemory>(shared);

public sealed class MemoryPollingTests(SharedService<InMemory> shared) : PollingTests<InMemory>(shared);

public sealed class MemoryRefusalTests(SharedService<InMemory> shared) : RefusalTests<InMemory>(shared);

public sealed class MemoryRunTests : RunTests<InMemory>;

public sealed class MemoryHostileTextTests(SharedService<InMemory> shared) : HostileTextTests<InMemory>(shared);
