using NodaTime;

namespace Scheduling.Schedules;

/// <summary>
/// A cron schedule names a time zone that the zone data at hand do not know. It concerns one job: others keep running, and nothing is deleted.
/// </summary>
public sealed class ScheduleZoneException : Exception
{
    internal ScheduleZoneException(string zoneId, IReadOnlyList<string> nearNames)
        : base(ZoneNames.Unknown(zoneId, nearNames))
    {
        ZoneId = zoneId;
        NearNames = nearNames;
    }

    /// <summary>The id that was not found.</summary>
    public string ZoneId { get; }

    /// <summary>Ids that exist and look like it, best first; empty when nothing comes near.</summary>
    public IReadOnlyList<string> NearNames { get; }
}
