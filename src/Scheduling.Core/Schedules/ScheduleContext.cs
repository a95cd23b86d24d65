using NodaTime;

namespace Scheduling.Schedules;

/// <summary>
/// What a schedule needs to know of the job it belongs to: where its grid is anchored, the hash that spreads it, and the time zones.
/// </summary>
/// <remarks>
/// Immutable. The default value is legal: it is anchored at the Unix epoch (1970-01-01T00:00:00Z), has the spread hash 0 (no offset) and uses the TZDB data bundled with NodaTime.
/// </remarks>
public readonly record struct ScheduleContext
{
    private readonly IDateTimeZoneProvider? _zones;

    /// <summary>
    /// Where the grid of an interval or an unpinned polling schedule lies; the grid reaches both ways from it. A part of a second is ignored.
    /// Default: the Unix epoch. See <see cref="Schedule.AnchorFor"/> for what a new job gets.
    /// </summary>
    public Instant Anchor { get; init; }

    /// <summary>The hash that decides where in its window a job starts, and the values of <c>H</c> in a cron expression. Default 0.</summary>
    public ulong SpreadHash { get; init; }

    /// <summary>Where cron schedules find their zone by its IANA id. Default, also when set to null: <see cref="DateTimeZoneProviders.Tzdb"/>.</summary>
    public IDateTimeZoneProvider Zones
    {
        get => _zones ?? DateTimeZoneProviders.Tzdb;
        init => _zones = ReferenceEquals(value, DateTimeZoneProviders.Tzdb) ? null : value;
    }

    /// <summary>The context of the job with this key; the same tenant and key give the same spread on every node and in every process.</summary>
    /// <param name="tenant">The tenant's id as text.</param>
    /// <param name="key">The job's key, or the spread key of its definition if it has one.</param>
    /// <param name="anchor">Where the grid lies.</param>
    /// <param name="zones">Time zones; null for <see cref="DateTimeZoneProviders.Tzdb"/>.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tenant"/> or <paramref name="key"/> is null.</exception>
    public static ScheduleContext For(string tenant, string key, Instant anchor, IDateTimeZoneProvider? zones = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(key);
        return new ScheduleContext { Anchor = anchor, SpreadHash = Scheduling.SpreadHash.Of(tenant, key), Zones = zones! };
    }
}
