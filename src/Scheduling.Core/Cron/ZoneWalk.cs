using NodaTime;

namespace Scheduling.Cron;

/// <summary>Reads a zone's intervals, checks that each is one, and counts: no zone, however wrong, makes a search endless.</summary>
internal struct ZoneWalk(DateTimeZone zone)
{
    // The zones of the tz database need fewer than ten for any question.
    private const int MaxSteps = 200_000;

    private int _steps;

    /// <summary>The interval that contains a second.</summary>
    /// <exception cref="InvalidOperationException">The zone answers with an interval that does not contain it, or too many were asked for.</exception>
    public ZoneSpan At(long second)
    {
        if (++_steps > MaxSteps)
        {
            throw new InvalidOperationException($"The time zone '{Id}' changes its offset so often that the search was given up after {MaxSteps} changes.");
        }

        var interval = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(Math.Clamp(second, CronZones.MinInstant, CronZones.MaxInstant)))
            ?? throw new InvalidOperationException($"The time zone '{Id}' has no interval for second {second} of the Unix epoch.");
        var span = new ZoneSpan(interval);
        if (second < span.Start || second >= span.End)
        {
            throw new InvalidOperationException($"The time zone '{Id}' answers for second {second} of the Unix epoch with an interval that does not contain it.");
        }

        return span;
    }

    private readonly string Id => zone.Id.Length <= 64 ? zone.Id : zone.Id[..64];
}
