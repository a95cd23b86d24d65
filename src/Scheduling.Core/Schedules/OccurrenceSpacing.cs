using NodaTime;

namespace Scheduling.Schedules;

/// <summary>How close the slots of a schedule really are, clock changes included. Pure; a job's starts are as close as its slots, as its spread does not change.</summary>
internal static class OccurrenceSpacing
{
    /// <summary>How many slots from now on are looked at; beyond them only those around clock changes.</summary>
    internal const int MostSlots = 5_000;

    /// <summary>How far ahead is looked.</summary>
    internal static readonly Duration Horizon = Duration.FromDays(1_827);

    // What is skipped or doubled at a clock change lies between the slot before it and the next few behind it.
    private const int SlotsAroundAChange = 4;

    /// <summary>The first two neighbouring slots found that are closer than a minimum; null when none are.</summary>
    /// <exception cref="ScheduleZoneException">A cron schedule whose zone the context does not know.</exception>
    internal static (Instant First, Instant Second)? Below(Schedule schedule, Duration minimum, Instant now, in ScheduleContext context)
    {
        // Slots are whole seconds and rise.
        if (minimum <= Duration.FromSeconds(1)) return null;
        Instant end = now.PlusSaturating(Horizon);
        if (schedule is not CronSchedule cron) return Closer(schedule, minimum, schedule.NextAfter(now, context), end, 2, context);
        return Closer(cron, minimum, cron.NextAfter(now, context), end, MostSlots, context) ?? AroundChanges(cron, minimum, now, end, context);
    }

    private static (Instant, Instant)? AroundChanges(CronSchedule cron, Duration minimum, Instant now, Instant end, in ScheduleContext context)
    {
        foreach (var interval in cron.Resolve(context).Zone.GetZoneIntervals(now, end))
        {
            if (!interval.HasStart || interval.Start <= now) continue;
            Instant? before = cron.LatestAtOrBefore(interval.Start.JustBefore(), context);
            if (Closer(cron, minimum, before ?? cron.NextAfter(interval.Start.JustBefore(), context), Instant.MaxValue, SlotsAroundAChange, context) is { } found) return found;
        }

        return null;
    }

    private static (Instant, Instant)? Closer(Schedule schedule, Duration minimum, Instant? first, Instant end, int slots, in ScheduleContext context)
    {
        for (Instant? slot = first; slot is { } one && one <= end && --slots > 0;)
        {
            slot = schedule.NextAfter(one, context);
            if (slot - one < minimum) return (one, slot!.Value);
        }

        return null;
    }
}
