using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>
/// When a job should run: a pure function from an instant to the next slot. Made by the factory methods; there are five kinds and no others.
/// </summary>
/// <remarks>
/// <para>
/// A <i>slot</i> is the nominal instant, a whole second; it identifies a scheduled run. The <i>start</i> is the slot plus the job's stable spread, and the instant the work is due.
/// What a schedule needs to know of its job comes in a <see cref="ScheduleContext"/>, so that one schedule can serve many jobs.
/// </para>
/// <para>
/// Immutable and safe for use from many threads. Two schedules are equal when they mean the same: cron texts are compared by their fields, not by their spelling
/// (see <see cref="IsWrittenLike"/>). Nothing overflows: an instant past the year 9999 is "never", which is null.
/// </para>
/// </remarks>
public abstract partial record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>No slots: the job runs when somebody runs it.</summary>
    public static Schedule Manual { get; } = new ManualSchedule();

    /// <summary>Which of the five kinds this is.</summary>
    public abstract ScheduleKind Kind { get; }

    /// <summary>
    /// How wide the starts of different jobs are spread, from 1 ms to the period (24 h for cron, once and manual); null, the default, for the kind's own rule:
    /// 55 minutes for an hour that is pinned, else none. See <see cref="WithSpread"/>.
    /// </summary>
    public Duration? Spread => SpreadMilliseconds == 0 ? null : Duration.FromMilliseconds(SpreadMilliseconds);

    /// <summary>0 for none: a million jobs have a million schedules, and a nullable duration is three times as large.</summary>
    private long SpreadMilliseconds { get; init; }

    /// <summary>The longest spread <see cref="WithSpread"/> accepts: the period, or 24 hours for the kinds that have none.</summary>
    internal virtual Duration LongestSpread => Duration.FromDays(1);

    /// <summary>A polling schedule: a fixed interval, with an optional hour and weekday in UTC.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="hour">0-23 in UTC: run in that hour; null for none. Applied by ONE_DAY and ONE_WEEK, kept by the others.</param>
    /// <param name="dayOfWeek">0 (Sunday) to 6 (Saturday) in UTC: run on that day; null for none. Applied by ONE_WEEK, kept by the others.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the exception names it and says what is allowed.</exception>
    public static Schedule Polling(PollingInterval interval, int? hour = null, int? dayOfWeek = null) =>
        new PollingSchedule(interval, hour is null && dayOfWeek is null ? null : new PollingOverride(hour, dayOfWeek));

    /// <summary>A polling schedule with an override as it was given: none (null) and an empty one differ and come back unchanged.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="pollingOverride">Hour and weekday, or null for no override.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not one of the enum's.</exception>
    public static Schedule Polling(PollingInterval interval, PollingOverride? pollingOverride) => new PollingSchedule(interval, pollingOverride);

    /// <summary>A cron schedule in a time zone.</summary>
    /// <param name="text">The expression, kept as written. <c>H</c> is allowed: its value comes from <see cref="ScheduleContext.SpreadHash"/>.</param>
    /// <param name="timeZone">
    /// An IANA zone id. Only its form is checked here (1-64 characters without blanks); it is resolved when the schedule is asked, with the zones of the context.
    /// <see cref="ScheduleValidation"/> refuses an unknown one when a job is saved.
    /// </param>
    /// <param name="format">Five fields, or six beginning with seconds.</param>
    /// <param name="dayRule">What two restricted day fields mean.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="CronFormatException">The text is not a cron expression; the exception says where and why.</exception>
    /// <exception cref="ArgumentException"><paramref name="timeZone"/> cannot be a zone id.</exception>
    public static Schedule Cron(
        string text, string timeZone = "UTC", CronFormat format = CronFormat.Standard, CronDayRule dayRule = CronDayRule.Both) =>
        new CronSchedule(text, timeZone, format, dayRule);

    /// <summary>A fixed period, counted from the job's anchor without drift, before and after it.</summary>
    /// <param name="every">Whole seconds, at least 1.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than a second, or not whole seconds.</exception>
    public static Schedule Interval(Duration every) => new IntervalSchedule(every);

    /// <summary>One run. An instant in the past is due at once; the misfire policy decides what becomes of it.</summary>
    /// <param name="at">When. Slots are whole seconds and never early, so a part of a second is rounded up.</param>
    /// <returns>The schedule.</returns>
    public static Schedule Once(Instant at) => new OnceSchedule(at);

    /// <summary>The same schedule with another spread: a stable offset of each job in [0, <paramref name="spread"/>), in milliseconds, from its spread hash.</summary>
    /// <param name="spread">
    /// Whole milliseconds, more than 0 and at most the period (24 hours for cron, once and manual); null for the kind's own rule. Where the schedule has a window, the offset is
    /// taken from what is left of the window less five minutes, if that is shorter.
    /// </param>
    /// <returns>The schedule with that spread; this one does not change.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public Schedule WithSpread(Duration? spread)
    {
        if (spread == Spread) return this;
        if (spread is { } given) CheckSpread(given);
        return this with { SpreadMilliseconds = spread?.WholeMilliseconds() ?? 0 };
    }

    /// <summary>The first slot strictly after an instant; null when there is none.</summary>
    /// <param name="after">Any instant; parts of a second count.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>The slot, or null for never.</returns>
    /// <exception cref="ScheduleZoneException">A cron schedule whose zone the context does not know.</exception>
    public abstract Instant? NextAfter(Instant after, in ScheduleContext context);

    /// <summary>The last slot at or before an instant; null when there is none. The exact inverse of <see cref="NextAfter"/>.</summary>
    /// <param name="at">Any instant; parts of a second count.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>The slot, or null when there is none.</returns>
    /// <exception cref="ScheduleZoneException">A cron schedule whose zone the context does not know.</exception>
    public abstract Instant? LatestAtOrBefore(Instant at, in ScheduleContext context);

    /// <summary>How many slots lie between two instants, both included. Nothing is visited: grids are counted in closed form, cron expressions by whole days.</summary>
    /// <param name="first">The first instant that counts.</param>
    /// <param name="last">The last instant that counts; before <paramref name="first"/> the answer is 0.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <param name="limit">The largest answer, 0 or more: counting stops there.</param>
    /// <returns>How many, at most <paramref name="limit"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    /// <exception cref="ScheduleZoneException">A cron schedule whose zone the context does not know.</exception>
    public long CountSlots(Instant first, Instant last, in ScheduleContext context, long limit = long.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return first > last || limit == 0 ? 0 : CountSlotsCore(first, last, context, limit);
    }

    /// <summary>The job's stable offset from slot to start, in whole milliseconds; zero for most schedules without a <see cref="Spread"/>.</summary>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>Zero or more, and less than the spread.</returns>
    public virtual Duration SpreadOf(in ScheduleContext context) => Spread is { } spread ? Offset(context.SpreadHash, spread) : Duration.Zero;

    /// <summary>When the work of a slot is due: slot plus spread. Unlike the slot it may have milliseconds. Stops at <see cref="Instant.MaxValue"/>.</summary>
    /// <param name="slot">A slot of this schedule.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>The start.</returns>
    public Instant StartOf(Instant slot, in ScheduleContext context) => slot.PlusSaturating(SpreadOf(context));

    /// <summary>
    /// From when on no attempt of a slot may start any more (exclusive); null when it has no window. An hour that is pinned closes an hour after its slot,
    /// a weekday alone at the end of that UTC day. A run that has started may outlast its window.
    /// </summary>
    /// <param name="slot">A slot of this schedule.</param>
    /// <returns>The end, exclusive, or null.</returns>
    public virtual Instant? WindowEnd(Instant slot) => null;

    /// <summary>The anchor of a job made at an instant whose definition gives none: that second, plus one interval where the kind has one.</summary>
    /// <param name="createdAt">When the job was made, by the store's clock.</param>
    /// <returns>The anchor, on a whole second.</returns>
    public virtual Instant AnchorFor(Instant createdAt) => createdAt.FloorToSecond();

    /// <summary>
    /// Where a new job's last slot begins: the second of its creation where the time of day comes from the anchor (so that a job is not due the moment it is made), else null.
    /// </summary>
    /// <param name="createdAt">When the job was made, by the store's clock.</param>
    /// <returns>A whole second, or null for none.</returns>
    public virtual Instant? InitialLastSlot(Instant createdAt) => null;

    /// <summary>The slot a job waits for: the first whose start is not before <paramref name="now"/> and that lies after the last slot; null for never.</summary>
    /// <remarks>A single instant (<see cref="Once"/>) is due, also in the past, until it has become the last slot.</remarks>
    /// <param name="now">The store's now.</param>
    /// <param name="lastSlot">The last slot that has an outcome, or <see cref="InitialLastSlot"/>; null for none.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <returns>The slot, or null for never.</returns>
    /// <exception cref="ScheduleZoneException">A cron schedule whose zone the context does not know.</exception>
    public virtual Instant? FirstDue(Instant now, Instant? lastSlot, in ScheduleContext context)
    {
        Instant justBefore = now.PlusSaturating(-SpreadOf(context)).JustBefore();
        return NextAfter(lastSlot > justBefore ? lastSlot.Value : justBefore, context);
    }

    /// <summary>Whether the other schedule is of the same kind, so that a job's anchor survives the change from one to the other.</summary>
    /// <param name="other">The schedule to compare with.</param>
    /// <returns>True when it is.</returns>
    public bool HasSameKind(Schedule other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Kind == other.Kind;
    }

    /// <summary>Whether the two are equal and also spelled alike: <c>@daily</c> and <c>0 0 * * *</c> are equal, but not written alike.</summary>
    /// <param name="other">The schedule to compare with; null is not like anything.</param>
    /// <returns>True when they are.</returns>
    public bool IsWrittenLike(Schedule? other) => Equals(other) && string.Equals(WrittenText, other.WrittenText, StringComparison.Ordinal);

    /// <summary>The text a person wrote, where the kind has one.</summary>
    private protected virtual string? WrittenText => null;

    private protected abstract long CountSlotsCore(Instant first, Instant last, in ScheduleContext context, long limit);

    /// <summary>Where in a window of this length the hash puts a job.</summary>
    private protected static Duration Offset(ulong spreadHash, Duration window) =>
        Duration.FromMilliseconds((long)SpreadHash.Onto(spreadHash, (ulong)window.WholeMilliseconds()));

    private void CheckSpread(Duration spread)
    {
        if (spread > Duration.Zero && spread <= LongestSpread && spread.NanosecondOfDay % NodaConstants.NanosecondsPerMillisecond == 0) return;
        throw new ArgumentOutOfRangeException(
            nameof(spread), spread, $"Allowed are whole milliseconds, more than 0 and at most {EnglishDuration.Of(LongestSpread)}, or nothing.");
    }
}
