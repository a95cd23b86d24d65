using NodaTime;

namespace Scheduling.PostgreSql.Connections;

/// <summary>Instants as PostgreSQL keeps them: whole microseconds, cut, so that nothing becomes later by being stored.</summary>
internal static class StoredTime
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    // Far beyond what a schedule may name; PostgreSQL's own range is wider, DateTime's is not.
    private static readonly Instant Last = Instant.FromUtc(9999, 12, 31, 23, 59, 59);

    public static DateTime Of(Instant instant) => Cut(instant).ToDateTimeUtc();

    public static DateTime? Of(Instant? instant) => instant is { } given ? Of(given) : null;

    /// <summary>The instant as it will be read back.</summary>
    public static Instant Cut(Instant instant)
    {
        var ticks = Instant.Min(instant, Last).ToUnixTimeTicks();
        var rest = ticks % TicksPerMicrosecond;
        return Instant.FromUnixTimeTicks(ticks - (rest < 0 ? rest + TicksPerMicrosecond : rest));
    }

    public static Instant? Cut(Instant? instant) => instant is { } given ? Cut(given) : null;

    public static Instant Read(DateTime stored) => Instant.FromDateTimeUtc(stored);
}
