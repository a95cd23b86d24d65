using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>Which slots passed while a job was paused, and which were overdue when it was touched.</summary>
internal static class PausedSlots
{
    /// <summary>The slots whose start lies in the pause and before its end.</summary>
    public static SlotRange? Before(Schedule schedule, Pause pause, Instant end, Instant? lastSlot, in ScheduleContext context) =>
        schedule.FirstDue(pause.Since, lastSlot, context) is { } first ? StartedBefore(schedule, first, end, context) : null;

    /// <summary>The slots from <paramref name="first"/> on whose start lies before a time.</summary>
    public static SlotRange? StartedBefore(Schedule schedule, Instant first, Instant end, in ScheduleContext context)
    {
        if (schedule.StartOf(first, context) >= end)
            return null;
        var bound = end - schedule.SpreadOf(context) - Duration.FromNanoseconds(1);
        var last = schedule.LatestAtOrBefore(bound, context) is { } latest && latest > first ? latest : first;
        return first == last ? SlotRange.Of(first) : new(first, last, Math.Max(2, schedule.CountSlots(first, last, context, SlotRange.CountLimit)));
    }
}
