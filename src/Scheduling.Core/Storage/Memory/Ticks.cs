using NodaTime;

namespace Scheduling.Storage;

/// <summary>Instants as 100 ns ticks since 1970, so that hot rows are small; <see cref="None"/> stands for no instant.</summary>
internal static class Ticks
{
    public const long None = long.MaxValue;

    public static long Of(Instant instant) => instant.ToUnixTimeTicks();

    public static long Of(Instant? instant) => instant is { } some ? some.ToUnixTimeTicks() : None;

    public static Instant ToInstant(long ticks) => Instant.FromUnixTimeTicks(ticks);

    public static Instant? ToInstantOrNull(long ticks) => ticks == None ? null : Instant.FromUnixTimeTicks(ticks);
}
