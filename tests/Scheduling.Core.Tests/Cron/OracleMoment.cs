using NodaTime;

namespace Scheduling.Core.Tests.Cron;

/// <summary>An instant in a zone.</summary>
internal sealed record OracleMoment(string ZoneId, Instant At)
{
    public DateTimeZone Zone => DateTimeZoneProviders.Tzdb[ZoneId];

    /// <param name="zoneId">The zone.</param>
    /// <param name="at">Where to start looking.</param>
    /// <param name="shift">Seconds from the next change of offset (or from the last one, when there is no next), or null to stay.</param>
    /// <param name="nanos">Part of a second to add.</param>
    public static OracleMoment Make(string zoneId, Instant at, int? shift, int nanos)
    {
        var interval = DateTimeZoneProviders.Tzdb[zoneId].GetZoneInterval(at);
        if (shift is not null && (interval.HasEnd || interval.HasStart))
        {
            at = (interval.HasEnd ? interval.End : interval.Start) + Duration.FromSeconds(shift.Value);
        }

        return new OracleMoment(zoneId, at.PlusNanoseconds(nanos));
    }

    public override string ToString() => $"{ZoneId} {At:uuuu-MM-dd'T'HH:mm:ss.FFFFFFFFF'Z'}";
}
