using Scheduling.Hosting;

namespace Quickstart.Time;

/// <summary>
/// Keeps the scheduler's settings sane under a fast clock. They are durations of that clock: at one day a minute a lease of 30 s would be 21 real milliseconds, and every hiccup of the
/// machine a lost lease or a misfire. So what guards against the machine's slowness is multiplied by the speed; what jobs are about (their schedules, timeouts) is not.
/// </summary>
internal static class TimeLapseSettings
{
    /// <summary>How often the SQLite store looks for the work of other processes, which there are none of: as seldom as it may, whatever the clock.</summary>
    public static readonly TimeSpan WatchInterval = TimeSpan.FromMinutes(1);

    /// <summary>How long running work may go on, in real time, once the program is to stop.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    /// <summary>How long, in real time, a process that was killed is waited for: until then nobody knows that it is dead. A program that is not for show leaves it at 30 s.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(9);

    /// <summary>The scheduler cancels running work this long before <see cref="SchedulingOptions.ShutdownTimeout"/> is over.</summary>
    private static readonly TimeSpan CancelledBeforeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Scales the settings; the highest values that the scheduler takes are where scaling ends.</summary>
    public static void Apply(SchedulingOptions options, int speed)
    {
        options.LeaseDuration = Scaled(Lease, speed, TimeSpan.FromDays(7));
        options.RenewInterval = Scaled(Lease / 3, speed, Shorter(TimeSpan.FromDays(1), options.LeaseDuration / 3));
        options.MisfireThreshold = Scaled(options.MisfireThreshold, speed, TimeSpan.FromDays(365));
        options.Grace = Scaled(options.Grace, speed, TimeSpan.FromDays(7));
        options.SafetyPollInterval = Scaled(options.SafetyPollInterval, speed, TimeSpan.FromMinutes(1));
        options.PollInterval = Scaled(options.PollInterval, speed, TimeSpan.FromMinutes(1));
        options.SweepInterval = Scaled(Lease / 9, speed, TimeSpan.FromDays(7));
        options.Retention = Scaled(options.Retention, speed, TimeSpan.FromDays(3_650));
        options.ParkAfter = Scaled(options.ParkAfter, speed, TimeSpan.FromDays(365));
        options.StoreTimeout = Scaled(options.StoreTimeout, speed, TimeSpan.FromMinutes(10));
        options.OverdueAlarm = Scaled(options.OverdueAlarm, speed, TimeSpan.FromDays(365));
        options.ShutdownTimeout = CancelledBeforeLimit + (StopPatience * speed);
    }

    private static TimeSpan Scaled(TimeSpan real, int speed, TimeSpan most) => Shorter(real * speed, most);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
