using NodaTime;

namespace Scheduling.Schedules;

/// <summary>Arithmetic on instants that stops at the ends of time instead of throwing.</summary>
internal static class InstantMath
{
    internal const long SecondsPerDay = NodaConstants.SecondsPerDay;

    internal static readonly long MinSecond = Instant.MinValue.ToUnixTimeSeconds();
    internal static readonly long MaxSecond = Instant.MaxValue.ToUnixTimeSeconds();

    internal static Instant FloorToSecond(this Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    /// <summary>The instant, or null when it lies outside of what <see cref="Instant"/> can hold: "never".</summary>
    internal static Instant? FromSecondOrNull(long second) =>
        second < MinSecond || second > MaxSecond ? null : Instant.FromUnixTimeSeconds(second);

    internal static Instant PlusSaturating(this Instant instant, Duration duration)
    {
        if (duration > Instant.MaxValue - instant) return Instant.MaxValue;
        if (duration < Instant.MinValue - instant) return Instant.MinValue;
        return instant + duration;
    }

    /// <summary>The last instant before this one (nanoseconds are the finest grain).</summary>
    internal static Instant JustBefore(this Instant instant) => instant.PlusSaturating(-Duration.Epsilon);

    /// <summary>The first whole second at or after the instant, as seconds of the Unix epoch.</summary>
    internal static long CeilingSecond(this Instant instant)
    {
        long second = instant.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(second) == instant ? second : second + 1;
    }

    /// <summary>Quotient rounded towards minus infinity; the divisor is positive.</summary>
    internal static long FloorDivide(long dividend, long divisor)
    {
        // One division: the remainder would be a second one.
        long quotient = dividend / divisor;
        return quotient * divisor > dividend ? quotient - 1 : quotient;
    }

    internal static long FloorModulo(long dividend, long divisor)
    {
        long remainder = dividend % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }

    /// <summary>Whole milliseconds of a duration that is not negative; rounded down.</summary>
    internal static long WholeMilliseconds(this Duration duration) =>
        (duration.Days * (long)NodaConstants.MillisecondsPerDay) + (duration.NanosecondOfDay / NodaConstants.NanosecondsPerMillisecond);

    /// <summary>Whole seconds of a duration that is not negative; rounded down.</summary>
    internal static long WholeSeconds(this Duration duration) =>
        (duration.Days * SecondsPerDay) + (duration.NanosecondOfDay / NodaConstants.NanosecondsPerSecond);
}
