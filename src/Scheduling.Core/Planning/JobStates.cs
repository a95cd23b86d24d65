using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>The one rule that names a job's state.</summary>
internal static class JobStates
{
    public static JobState Of(Schedule schedule, Pause? pause, JobFault? fault, Instant? nextSlot)
    {
        if (pause is not null)
            return JobState.Paused;
        if (fault is not null)
            return fault.Reason == JobFaultReason.NoExecutor ? JobState.Parked : JobState.Faulted;
        return nextSlot is null && HasSlots(schedule) ? JobState.Completed : JobState.Active;
    }

    // A manual job and a DISABLED one never have a slot and are not at their end for that.
    private static bool HasSlots(Schedule schedule) =>
        schedule is not (ManualSchedule or PollingSchedule { Interval: PollingInterval.Disabled });
}
