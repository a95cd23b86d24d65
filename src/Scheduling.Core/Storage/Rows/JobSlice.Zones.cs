using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage.Rows;

/// <content>What newer zone data change.</content>
internal sealed partial class JobSlice
{
    /// <summary>Computes the next run anew.</summary>
    /// <returns>Whether it changed.</returns>
    public bool Revise(DuePlanner planner, Instant now)
    {
        if (Due.IsDeleted || planner.Revise(Due.ToJob(lastRun: null), now) is not { } plan)
            return false;
        Apply(plan, planner, now);
        return true;
    }
}
