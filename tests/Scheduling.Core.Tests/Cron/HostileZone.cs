using NodaTime;
using NodaTime.TimeZones;

namespace Scheduling.Core.Tests.Cron;

/// <summary>A zone whose intervals are whatever a test says, true or not.</summary>
internal sealed class HostileZone(Func<Instant, ZoneInterval?> interval) : DateTimeZone("Test/Hostile", false, Offset.FromHours(-18), Offset.FromHours(18))
{
    public override ZoneInterval GetZoneInterval(Instant instant) => interval(instant)!;

    /// <summary>True intervals of a fixed length, each with its own offset.</summary>
    public static HostileZone Changing(Duration every, Func<long, Offset> offset) => new(instant =>
    {
        var index = (long)Math.Floor((instant - Instant.FromUtc(2000, 1, 1, 0, 0)) / every);
        var start = Instant.FromUtc(2000, 1, 1, 0, 0) + (every * index);
        return new ZoneInterval("X", start, start + every, offset(index), Offset.Zero);
    });
}
