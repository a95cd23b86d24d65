using NodaTime;

namespace Scheduling.Schedules;

/// <summary>Adds up the starts of one job after the other.</summary>
internal sealed class LoadCounter(LoadForecastOptions options, int buckets, IProgress<long>? progress, CancellationToken cancellationToken)
{
    private const int JobsBetweenReports = 1_000;
    private const int StepsBetweenChecks = 1_024;

    private readonly long[] _runs = new long[buckets];
    private readonly long _bucketNanoseconds = LoadForecast.BucketNanoseconds(options);

    // Without spread and H the job does not matter to a cron schedule: a herd of equal ones is computed once.
    private readonly Dictionary<(CronSchedule Schedule, IDateTimeZoneProvider Zones), long> _herds = [];

    private long _done;
    private long _unknownZones;

    internal void Add(ScheduledLoad job)
    {
        if (job.Schedule is CronSchedule { DependsOnJob: false } cron && (options.IgnoreSpread || cron.Spread is null))
        {
            var herd = (cron, job.Context.Zones);
            _herds[herd] = _herds.GetValueOrDefault(herd) + 1;
            cancellationToken.ThrowIfCancellationRequested();
            return;
        }

        Count(job.Schedule, job.Context, 1);
    }

    internal LoadForecast Finish()
    {
        foreach (((CronSchedule schedule, IDateTimeZoneProvider zones), long jobs) in _herds) Count(schedule, new ScheduleContext { Zones = zones }, jobs);
        progress?.Report(_done);
        return new LoadForecast(options, _runs, _done, _unknownZones);
    }

    private void Count(Schedule schedule, in ScheduleContext context, long jobs)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Distribute(schedule, context, jobs);
        }
        catch (ScheduleZoneException)
        {
            // That job faults when it is planned; a forecast says how many there are and goes on.
            _unknownZones += jobs;
        }

        long before = _done;
        _done += jobs;
        if (before / JobsBetweenReports != _done / JobsBetweenReports) progress?.Report(_done);
    }

    private void Distribute(Schedule schedule, in ScheduleContext context, long jobs)
    {
        Duration offset = options.IgnoreSpread ? Duration.Zero : schedule.SpreadOf(context);
        Instant first = options.From.PlusSaturating(-offset);
        Instant last = options.To.PlusSaturating(-offset).JustBefore();
        long slots = schedule.CountSlots(first, last, context, buckets + 1L);
        if (slots == 0) return;
        if (slots <= buckets) Visit(schedule, context, first, last, jobs);
        else CountBuckets(schedule, context, first, last, jobs);
    }

    /// <summary>Fewer slots than buckets: from slot to slot.</summary>
    private void Visit(Schedule schedule, in ScheduleContext context, Instant first, Instant last, long jobs)
    {
        int steps = 0;
        for (Instant? slot = schedule.NextAfter(first.JustBefore(), context); slot <= last; slot = schedule.NextAfter(slot.Value, context))
        {
            _runs[BucketOf(slot.Value - first)] += jobs;
            if (++steps % StepsBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>More slots than buckets: from bucket to bucket, each counted in closed form.</summary>
    private void CountBuckets(Schedule schedule, in ScheduleContext context, Instant first, Instant last, long jobs)
    {
        Instant start = first;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            Instant end = bucket == buckets - 1 ? last : (start + options.Bucket).JustBefore();
            _runs[bucket] += jobs * schedule.CountSlots(start, end, context);
            start = start.PlusSaturating(options.Bucket);
            if ((bucket + 1) % StepsBetweenChecks == 0) cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private int BucketOf(Duration sinceFirst) => (int)(sinceFirst.ToInt64Nanoseconds() / _bucketNanoseconds);
}
