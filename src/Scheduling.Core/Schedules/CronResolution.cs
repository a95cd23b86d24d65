using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>A cron schedule's expression and zone for one context.</summary>
internal sealed class CronResolution(CronExpression expression, DateTimeZone zone, IDateTimeZoneProvider zones, ulong spreadHash)
{
    internal CronExpression Expression => expression;

    internal DateTimeZone Zone => zone;

    /// <summary>Whether another context would come to the same; the hash matters only to an expression with <c>H</c>.</summary>
    internal bool IsFor(in ScheduleContext context, bool hashMatters) =>
        ReferenceEquals(zones, context.Zones) && (!hashMatters || spreadHash == context.SpreadHash);
}
