using NodaTime;

namespace Scheduling.Cron;

/// <content>Questions about instants.</content>
public sealed partial class CronExpression
{
    /// <summary>The first occurrence after an instant.</summary>
    /// <param name="from">The instant; parts of a second are allowed, occurrences are whole seconds.</param>
    /// <param name="zone">The zone whose local time the fields describe.</param>
    /// <param name="inclusive">Whether <paramref name="from"/> itself may be the answer. Default false: the answer is later than <paramref name="from"/>.</param>
    /// <returns>The occurrence, or null when there is none until the end of the year 9999 or none at all. The answer for an instant never depends on earlier questions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The zone contradicts itself (an interval that does not contain the instant it was asked for) or changes its offset 200,000 times before an answer is found.
    /// No zone of the tz database does.
    /// </exception>
    /// <remarks>Allocates nothing with the zones of <see cref="DateTimeZoneProviders.Tzdb"/> that NodaTime has cached.</remarks>
    public Instant? GetNextOccurrence(Instant from, DateTimeZone zone, bool inclusive = false)
    {
        ArgumentNullException.ThrowIfNull(zone);
        RequireBound();
        var second = from.ToUnixTimeSeconds();
        return inclusive && IsWhole(from, second)
            ? CronZones.Next(_fields, zone, from, second, exclusive: false)
            : CronZones.Next(_fields, zone, from, second + 1, exclusive: true);
    }

    /// <summary>The last occurrence before an instant: the exact inverse of <see cref="GetNextOccurrence"/> on the same set of instants.</summary>
    /// <param name="from">The instant; parts of a second are allowed, occurrences are whole seconds.</param>
    /// <param name="zone">The zone whose local time the fields describe.</param>
    /// <param name="inclusive">Whether <paramref name="from"/> itself may be the answer. Default false: the answer is earlier than <paramref name="from"/>.</param>
    /// <returns>The occurrence, or null when there is none since the beginning of the year -9998 or none at all.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="GetNextOccurrence"/>.</exception>
    public Instant? GetPreviousOccurrence(Instant from, DateTimeZone zone, bool inclusive = false)
    {
        ArgumentNullException.ThrowIfNull(zone);
        RequireBound();
        var second = from.ToUnixTimeSeconds();
        var last = inclusive || !IsWhole(from, second) ? second : second - 1;
        return CronZones.Previous(_fields, zone, from, last);
    }

    /// <summary>The occurrences of a range, earliest first, each computed when it is asked for.</summary>
    /// <param name="from">The start of the range, included unless <paramref name="fromInclusive"/> is false.</param>
    /// <param name="to">The end of the range, excluded unless <paramref name="toInclusive"/> is true. A range that ends before it starts is empty.</param>
    /// <param name="zone">The zone whose local time the fields describe.</param>
    /// <param name="fromInclusive">Whether an occurrence at <paramref name="from"/> belongs to the range. Default true.</param>
    /// <param name="toInclusive">Whether an occurrence at <paramref name="to"/> belongs to the range. Default false.</param>
    /// <returns>The occurrences, rising; computed while they are enumerated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public IEnumerable<Instant> GetOccurrences(Instant from, Instant to, DateTimeZone zone, bool fromInclusive = true, bool toInclusive = false)
    {
        ArgumentNullException.ThrowIfNull(zone);
        RequireBound();
        return Ascending(from, to, zone, fromInclusive, toInclusive);
    }

    /// <summary>The same occurrences as <see cref="GetOccurrences"/>, latest first.</summary>
    /// <param name="from">The start of the range, included unless <paramref name="fromInclusive"/> is false.</param>
    /// <param name="to">The end of the range, excluded unless <paramref name="toInclusive"/> is true. A range that ends before it starts is empty.</param>
    /// <param name="zone">The zone whose local time the fields describe.</param>
    /// <param name="fromInclusive">Whether an occurrence at <paramref name="from"/> belongs to the range. Default true.</param>
    /// <param name="toInclusive">Whether an occurrence at <paramref name="to"/> belongs to the range. Default false.</param>
    /// <returns>The occurrences, falling; computed while they are enumerated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public IEnumerable<Instant> GetOccurrencesDescending(Instant from, Instant to, DateTimeZone zone, bool fromInclusive = true, bool toInclusive = false)
    {
        ArgumentNullException.ThrowIfNull(zone);
        RequireBound();
        return Descending(from, to, zone, fromInclusive, toInclusive);
    }

    /// <summary>How many occurrences there are between two instants, both included, without visiting them; at most <paramref name="limit"/>.</summary>
    internal long CountOccurrences(Instant first, Instant last, DateTimeZone zone, long limit)
    {
        ArgumentNullException.ThrowIfNull(zone);
        RequireBound();
        var second = first.ToUnixTimeSeconds();
        return CronCount.InZone(_fields, zone, IsWhole(first, second) ? second : second + 1, last.ToUnixTimeSeconds(), limit);
    }

    private static bool IsWhole(Instant instant, long second) => instant == Instant.FromUnixTimeSeconds(second);

    private IEnumerable<Instant> Ascending(Instant from, Instant to, DateTimeZone zone, bool fromInclusive, bool toInclusive)
    {
        for (var next = GetNextOccurrence(from, zone, fromInclusive); next < to || (toInclusive && next == to); next = GetNextOccurrence(next.Value, zone))
        {
            yield return next.Value;
        }
    }

    private IEnumerable<Instant> Descending(Instant from, Instant to, DateTimeZone zone, bool fromInclusive, bool toInclusive)
    {
        for (var next = GetPreviousOccurrence(to, zone, toInclusive); next > from || (fromInclusive && next == from); next = GetPreviousOccurrence(next.Value, zone))
        {
            yield return next.Value;
        }
    }
}
