using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

public sealed class MemoryAccessTests(SharedService<InMemory> shared) : AccessTests<InMemory>(shared);

public sealed class MemoryConfigTests(SharedService<InMemory> shared) : ConfigTests<InMemory>(shared);

public sealed class MemoryHistoryTests : HistoryTests<InMemory>;

public sealed class MemoryJobTests(SharedService<InMemory> shared) : JobTests<InMemory>(shared);

public sealed class MemoryRefusalTests(SharedService<InMemory> shared) : RefusalTests<InMemory>(shared);

public sealed class MemoryUpdateTests(SharedService<InMemory> shared) : UpdateTests<InMemory>(shared);

public sealed class MemoryUpdateRefusalTests(SharedService<InMemory> shared) : UpdateRefusalTests<InMemory>(shared);

public sealed class MemoryHostileTextTests(SharedService<InMemory> shared) : HostileTextTests<InMemory>(shared);
