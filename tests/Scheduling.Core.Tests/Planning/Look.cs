using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>One look at a job: when, and what else is going on.</summary>
internal sealed record Look(int Wait, long Nanoseconds, int Open, bool Queued, int? HeldSeconds)
{
    // Enough slots to matter, few enough to be written down one by one: 60 periods at most, and a day at most for the dense ones.
    public Instant After(Instant before, PlanCase work)
    {
        var unit = work.NextSlot is { } next && work.Schedule.NextAfter(next, work.Context) is { } second ? second - next : Duration.FromHours(1);
        return Instant.Max(before, before + Duration.FromNanoseconds((unit / 1_000 * Wait).TotalNanoseconds) + Duration.FromNanoseconds(Nanoseconds));
    }

    public PlanCase Seen(PlanCase work, Instant now) => work with
    {
        Open = Open,
        HasQueued = Queued,
        HeldSince = HeldSeconds is { } seconds ? now - Duration.FromSeconds(seconds) : null,
    };
}
