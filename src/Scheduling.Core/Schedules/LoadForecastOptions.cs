using NodaTime;

namespace Scheduling.Schedules;

/// <summary>What a <see cref="LoadForecast"/> looks at. Immutable.</summary>
public sealed record LoadForecastOptions
{
    /// <summary>Where the first bucket begins. Default: the Unix epoch.</summary>
    public Instant From { get; init; }

    /// <summary>Where the forecast ends (exclusive); the last bucket is shorter when the range is not a multiple of <see cref="Bucket"/>. Must be after <see cref="From"/>, by at most 73,050 days.</summary>
    public Instant To { get; init; }

    /// <summary>How long a bucket is; at least a millisecond, and so that there are at most 1,000,000. Default one minute.</summary>
    public Duration Bucket { get; init; } = Duration.FromMinutes(1);

    /// <summary>Counts slots instead of starts: the herd as it would be if nothing were spread. Default false.</summary>
    public bool IgnoreSpread { get; init; }
}
