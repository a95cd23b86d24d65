using NodaTime;

namespace Scheduling.Schedules;

/// <content>What people see of a schedule.</content>
public abstract partial record Schedule
{
    /// <summary>How many slots <see cref="Preview"/> shows at most.</summary>
    internal const int LongestPreview = 10_000;

    /// <summary>
    /// The schedule in plain English, with its zone, window, day rule and spread: <c>Every Sunday between 00:00 and 01:00 UTC</c>. Without a context, what comes from the job
    /// (the anchor, the values of <c>H</c>) is described as such. Meant for people; the wording may change between versions, the culture of the thread does not matter.
    /// </summary>
    /// <returns>One line of plain English.</returns>
    public string Describe() => Describe(null);

    /// <summary>The same for one job: its anchor, its offset and its values of <c>H</c> are spelled out.</summary>
    /// <param name="context">Anchor, spread hash and zones of the job. An unknown zone is no error here.</param>
    /// <returns>One line of plain English.</returns>
    public string Describe(in ScheduleContext context) => Describe((ScheduleContext?)context);

    /// <summary><see cref="Describe()"/>.</summary>
    /// <returns>One line of plain English.</returns>
    public sealed override string ToString() => Describe();

    /// <summary>The next runs as people would like to see them before they save.</summary>
    /// <param name="count">How many, 1 to 10,000; fewer come back when the schedule ends.</param>
    /// <param name="from">The first run starts at or after this instant.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>At most that many, in order; fewer when the schedule ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of range.</exception>
    /// <exception cref="ScheduleZoneException">A cron schedule whose zone the context does not know.</exception>
    public IReadOnlyList<SlotPreview> Preview(int count, Instant from, in ScheduleContext context)
    {
        if (count is < 1 or > LongestPreview) throw new ArgumentOutOfRangeException(nameof(count), count, $"Allowed is 1 to {LongestPreview}.");
        var previews = new List<SlotPreview>(Math.Min(count, 100));
        Instant? slot = NextAfter(from.PlusSaturating(-SpreadOf(context)).JustBefore(), context);
        for (; slot is { } at && previews.Count < count; slot = NextAfter(at, context)) previews.Add(PreviewOf(at, context));
        return previews;
    }

    /// <summary>The slots between two instants, both included, earliest first; each is computed when it is asked for.</summary>
    /// <param name="first">The earliest instant.</param>
    /// <param name="last">The latest instant; before <paramref name="first"/> there are none.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>The slots, rising; computed while they are enumerated.</returns>
    /// <exception cref="ScheduleZoneException">While enumerating: a cron schedule whose zone the context does not know.</exception>
    public IEnumerable<Instant> Slots(Instant first, Instant last, ScheduleContext context)
    {
        // A slot at the very beginning of time has no instant before it to ask from; no calendar has one.
        for (Instant? slot = NextAfter(first.JustBefore(), context); slot <= last; slot = NextAfter(slot.Value, context)) yield return slot.Value;
    }

    /// <summary>The slots of <see cref="Slots"/>, latest first.</summary>
    /// <param name="first">The earliest instant.</param>
    /// <param name="last">The latest instant; before <paramref name="first"/> there are none.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>The slots, falling; computed while they are enumerated.</returns>
    /// <exception cref="ScheduleZoneException">While enumerating: a cron schedule whose zone the context does not know.</exception>
    public IEnumerable<Instant> SlotsDescending(Instant first, Instant last, ScheduleContext context)
    {
        for (Instant? slot = LatestAtOrBefore(last, context); slot >= first; slot = LatestAtOrBefore(slot.Value.JustBefore(), context)) yield return slot.Value;
    }

    private protected abstract string DescribeRhythm(ScheduleContext? context);

    /// <summary>The zone people think in for this schedule.</summary>
    private protected virtual DateTimeZone ZoneIn(in ScheduleContext context) => DateTimeZone.Utc;

    /// <summary>What is unusual about a slot's local time; null for nothing.</summary>
    private protected virtual (SlotNotes Notes, string? Text) NoteOf(Instant slot, in ScheduleContext context) => (SlotNotes.None, null);

    private string Describe(ScheduleContext? context)
    {
        string rhythm = DescribeRhythm(context);
        if (context is { } known && SpreadOf(known) is var offset && offset > Duration.Zero)
            return $"{rhythm}; this job starts {EnglishDuration.Precise(offset)} after each slot";
        return Spread is { } spread ? $"{rhythm}; starts are spread over {EnglishDuration.Of(spread)}" : rhythm;
    }

    private SlotPreview PreviewOf(Instant slot, in ScheduleContext context)
    {
        Instant? end = WindowEnd(slot);
        (SlotNotes notes, string? text) = NoteOf(slot, context);
        if (end is { } closes)
        {
            notes |= SlotNotes.Window;
            text = $"May start until {EnglishTime.Utc(closes)}.";
        }

        return new SlotPreview(slot, StartOf(slot, context), slot.InZone(ZoneIn(context)), end, notes, text);
    }
}
