using NodaTime;
using NodaTime.TimeZones;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>Says when a cron slot is where it is because clocks change.</summary>
internal static class CronSlotNotes
{
    internal static (SlotNotes Notes, string? Text) Of(CronResolution resolved, Instant slot) =>
        Gap(resolved, slot) ?? Repeated(resolved.Zone, slot) ?? (SlotNotes.None, null);

    /// <summary>A slot at the first instant after a gap, when the expression names a time in the gap.</summary>
    private static (SlotNotes, string?)? Gap(CronResolution resolved, Instant slot)
    {
        ZoneInterval after = resolved.Zone.GetZoneInterval(slot);
        if (!after.HasStart || after.Start != slot) return null;
        ZoneInterval before = resolved.Zone.GetZoneInterval(slot.JustBefore());
        if (before.WallOffset >= after.WallOffset) return null;

        // Local times are put on UTC's line, where nothing is skipped.
        Instant firstSkipped = slot.Plus(Duration.FromSeconds(before.WallOffset.Seconds));
        Instant firstShown = slot.Plus(Duration.FromSeconds(after.WallOffset.Seconds));
        Instant? named = resolved.Expression.GetNextOccurrence(firstSkipped, DateTimeZone.Utc, inclusive: true);
        if (named is not { } skipped || skipped >= firstShown) return null;
        string time = EnglishTime.OfDay(skipped.InUtc().TimeOfDay);
        string day = skipped.InUtc().Date == firstShown.InUtc().Date ? "that day" : "on the day before";
        return (SlotNotes.MovedByGap, $"Stands for {time}, which the clock skips {day}.");
    }

    private static (SlotNotes, string?)? Repeated(DateTimeZone zone, Instant slot)
    {
        LocalDateTime local = slot.InZone(zone).LocalDateTime;
        ZoneLocalMapping mapping = zone.MapLocal(local);
        if (mapping.Count < 2) return null;
        bool isFirst = mapping.First().ToInstant() == slot;
        return (
            isFirst ? SlotNotes.FirstOfRepeatedHour : SlotNotes.SecondOfRepeatedHour,
            $"The clock shows {EnglishTime.OfDay(local.TimeOfDay)} twice that day; this is the {(isFirst ? "first" : "second")}.");
    }
}
