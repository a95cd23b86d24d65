using NodaTime;

namespace Scheduling.Schedules;

/// <summary>
/// How many scheduled runs start in each stretch of time, for a set of jobs: shows the herd at midnight, and with <see cref="LoadForecastOptions.IgnoreSpread"/> what spread does to it.
/// </summary>
/// <remarks>
/// Runs are those the schedules name; misfires, retries, limits and pauses are not foreseen. Immutable. Computing it takes one pass over the jobs and holds none of them, except that
/// equal cron schedules without spread are gathered and computed once.
/// </remarks>
public sealed class LoadForecast
{
    internal const int MostBuckets = 1_000_000;

    // 200 years: so that a distance in nanoseconds fits a long.
    private static readonly Duration LongestRange = Duration.FromDays(73_050);

    private readonly long[] _runs;

    internal LoadForecast(LoadForecastOptions options, long[] runs, long jobs, long jobsWithUnknownZone)
    {
        Options = options;
        _runs = runs;
        Jobs = jobs;
        JobsWithUnknownZone = jobsWithUnknownZone;
        Total = runs.Sum();
        PeakIndex = Array.IndexOf(runs, runs.Max());
    }

    /// <summary>What was asked for.</summary>
    public LoadForecastOptions Options { get; }

    /// <summary>Starts in each bucket, the first from <see cref="LoadForecastOptions.From"/>; a start on a boundary belongs to the later bucket.</summary>
    public IReadOnlyList<long> Runs => _runs;

    /// <summary>How many jobs were looked at.</summary>
    public long Jobs { get; }

    /// <summary>How many of them have a time zone that is not known; they are in no bucket.</summary>
    public long JobsWithUnknownZone { get; }

    /// <summary>All starts in the range.</summary>
    public long Total { get; }

    /// <summary>The index of the (first) fullest bucket.</summary>
    public int PeakIndex { get; }

    /// <summary>The starts in the fullest bucket.</summary>
    public long Peak => _runs[PeakIndex];

    /// <summary>Where a bucket begins.</summary>
    /// <param name="index">Its index in <see cref="Runs"/>.</param>
    /// <returns>The bucket's first instant.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such bucket.</exception>
    public Instant BucketStart(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _runs.Length);
        return Options.From + (Options.Bucket * index);
    }

    /// <summary>Computes a forecast on the calling thread.</summary>
    /// <param name="jobs">The jobs; enumerated once.</param>
    /// <param name="options">Range and bucket.</param>
    /// <param name="progress">Told now and then, and at the end, how many jobs are done.</param>
    /// <param name="cancellationToken">Stops it within about a millisecond of work.</param>
    /// <returns>The forecast.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or longer than 73,050 days, the bucket shorter than a millisecond, or there are more than 1,000,000 buckets.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LoadForecast Compute(
        IEnumerable<ScheduledLoad> jobs, LoadForecastOptions options, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(options);
        var counter = new LoadCounter(options, BucketsOf(options), progress, cancellationToken);
        foreach (ScheduledLoad job in jobs) counter.Add(job);
        return counter.Finish();
    }

    /// <summary>The length of a bucket, or of the whole range if that is shorter.</summary>
    internal static long BucketNanoseconds(LoadForecastOptions options) => Duration.Min(options.Bucket, options.To - options.From).ToInt64Nanoseconds();

    private static int BucketsOf(LoadForecastOptions options)
    {
        if (options.To <= options.From)
            throw new ArgumentOutOfRangeException(nameof(options), options.To, $"{nameof(LoadForecastOptions.To)} must be after {nameof(LoadForecastOptions.From)}.");
        if (options.To - options.From > LongestRange)
            throw new ArgumentOutOfRangeException(nameof(options), options.To, $"The range is too long; allowed are {LongestRange.Days} days.");
        if (options.Bucket < Duration.FromMilliseconds(1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Bucket, $"{nameof(LoadForecastOptions.Bucket)} must be at least a millisecond.");
        long buckets = (((options.To - options.From).ToInt64Nanoseconds() - 1) / BucketNanoseconds(options)) + 1;
        return buckets <= MostBuckets
            ? (int)buckets
            : throw new ArgumentOutOfRangeException(nameof(options), options.Bucket, $"That makes {buckets} buckets; allowed are {MostBuckets}. Choose a longer bucket.");
    }
}
