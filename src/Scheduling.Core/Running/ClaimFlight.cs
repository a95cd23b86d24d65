using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>A claim on its way.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Sent">When it went out; a monotonic stamp.</param>
/// <param name="LeaseFrom">The stamp from which its answer proves a lease: of claims that overlap, the first that went out, because the store may take them in any order.</param>
/// <param name="IsBeside">Whether another was on its way when it went out.</param>
/// <param name="Asked">The places that are kept for its runs.</param>
/// <param name="Settlements">The results that it carries.</param>
/// <param name="Answer">Its answer.</param>
internal sealed record ClaimFlight(long Number, long Sent, long LeaseFrom, bool IsBeside, AskedPlaces Asked, List<Settlement> Settlements, Task<ClaimResponse> Answer);
