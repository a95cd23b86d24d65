using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>Makes the store of a scenario, empty and ready for use.</summary>
/// <param name="clock">The store's clock.</param>
/// <param name="skewOf">How wrong a node's own clock is, by its name; for a store that decides by the wrong one.</param>
/// <returns>The store.</returns>
public delegate ISchedulingStore PromiseStore(TimeProvider clock, Func<string, Duration> skewOf);
