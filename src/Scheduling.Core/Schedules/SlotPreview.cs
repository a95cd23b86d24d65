using NodaTime;

namespace Scheduling.Schedules;

/// <summary>One coming run as people see it; see <see cref="Schedule.Preview"/>. Immutable.</summary>
public sealed record SlotPreview
{
    internal SlotPreview(Instant slot, Instant start, ZonedDateTime localTime, Instant? windowEnd, SlotNotes notes, string? note)
    {
        Slot = slot;
        Start = start;
        LocalTime = localTime;
        WindowEnd = windowEnd;
        Notes = notes;
        Note = note;
    }

    /// <summary>The nominal instant.</summary>
    public Instant Slot { get; }

    /// <summary>When the work is due: the slot plus the job's offset.</summary>
    public Instant Start { get; }

    /// <summary>The slot in the schedule's zone; UTC for all kinds but cron.</summary>
    public ZonedDateTime LocalTime { get; }

    /// <summary>From when on no attempt may start; null when the slot has no window.</summary>
    public Instant? WindowEnd { get; }

    /// <summary>What is unusual about the slot.</summary>
    public SlotNotes Notes { get; }

    /// <summary>The same as a sentence for people; null when there is nothing unusual.</summary>
    public string? Note { get; }
}
