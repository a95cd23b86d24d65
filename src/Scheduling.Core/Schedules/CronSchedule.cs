using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>A cron expression in a time zone. Made by <see cref="Schedule.Cron"/>.</summary>
/// <remarks>
/// Zone and <c>H</c> are resolved when the schedule is asked, with the zones and the hash of the <see cref="ScheduleContext"/>. The last resolution is remembered;
/// threads that race for it store equal values.
/// </remarks>
public sealed record CronSchedule : Schedule
{
    private readonly CronExpression _unbound;
    private CronResolution? _last;

    internal CronSchedule(string text, string timeZone, CronFormat format, CronDayRule dayRule)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (ZoneNames.ProblemWithForm(timeZone) is { } problem) throw new ArgumentException(problem, nameof(timeZone));
        _unbound = CronExpression.ParseUnbound(text, format, dayRule);
        TimeZone = timeZone;
    }

    /// <inheritdoc/>
    public override ScheduleKind Kind => ScheduleKind.Cron;

    /// <summary>The expression as it was written.</summary>
    public string Text => _unbound.Text;

    /// <summary>The IANA id of the zone as it was given. It need not exist in every context.</summary>
    public string TimeZone { get; }

    /// <summary>Five fields, or six beginning with seconds.</summary>
    public CronFormat Format => _unbound.Format;

    /// <summary>What two restricted day fields mean.</summary>
    public CronDayRule DayRule => _unbound.DayRule;

    /// <summary>What is legal but probably not meant, such as two restricted day fields.</summary>
    public IReadOnlyList<CronWarning> Warnings => _unbound.Warnings;

    /// <summary>Whether its slots differ from job to job, because of <c>H</c>.</summary>
    internal bool DependsOnJob => _unbound.NeedsSpreadKey;

    private protected override string WrittenText => Text;

    /// <inheritdoc/>
    public override Instant? NextAfter(Instant after, in ScheduleContext context)
    {
        CronResolution resolved = Resolve(context);
        return resolved.Expression.GetNextOccurrence(after, resolved.Zone);
    }

    /// <inheritdoc/>
    public override Instant? LatestAtOrBefore(Instant at, in ScheduleContext context)
    {
        CronResolution resolved = Resolve(context);
        return resolved.Expression.GetPreviousOccurrence(at, resolved.Zone, inclusive: true);
    }

    /// <summary>Same fields, format, day rule, zone and spread; the spelling may differ.</summary>
    /// <param name="other">The schedule to compare with.</param>
    /// <returns>True when both mean the same.</returns>
    public bool Equals(CronSchedule? other) =>
        base.Equals(other) && _unbound.Equals(other._unbound) && string.Equals(TimeZone, other.TimeZone, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), _unbound, TimeZone);

    /// <summary>The expression with its <c>H</c> replaced by the job's values, and the zone.</summary>
    /// <exception cref="ScheduleZoneException">The context does not know the zone.</exception>
    internal CronResolution Resolve(in ScheduleContext context)
    {
        if (_last is { } last && last.IsFor(context, _unbound.NeedsSpreadKey)) return last;
        DateTimeZone zone = context.Zones.GetZoneOrNull(TimeZone) ?? throw new ScheduleZoneException(TimeZone, ZoneNames.Near(TimeZone, context.Zones));
        CronExpression expression = _unbound.NeedsSpreadKey ? _unbound.Bind(context.SpreadHash) : _unbound;
        return _last = new CronResolution(expression, zone, context.Zones, context.SpreadHash);
    }

    private protected override DateTimeZone ZoneIn(in ScheduleContext context) => Resolve(context).Zone;

    private protected override (SlotNotes Notes, string? Text) NoteOf(Instant slot, in ScheduleContext context) => CronSlotNotes.Of(Resolve(context), slot);

    private protected override string DescribeRhythm(ScheduleContext? context)
    {
        CronExpression expression = context is { } known && _unbound.NeedsSpreadKey ? _unbound.Bind(known.SpreadHash) : _unbound;
        return $"{CronDescription.Of(expression)} ({TimeZone})";
    }

    private protected override long CountSlotsCore(Instant first, Instant last, in ScheduleContext context, long limit)
    {
        CronResolution resolved = Resolve(context);
        return resolved.Expression.CountOccurrences(first, last, resolved.Zone, limit);
    }
}
