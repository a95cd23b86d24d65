namespace Scheduling.Hosting;

/// <summary>The table of all settings: one place for names, ranges and how each is read.</summary>
internal static class Settings
{
    /// <summary>The largest number of runs at once that makes sense for one process.</summary>
    public const int MostRuns = 100_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Lengths that arm a timer stay far below the 24.8 days that a timer can take.
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>All settings but those of single executors, in the order of the options type.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        new ChoiceSetting<SchedulingRole>(nameof(SchedulingOptions.Role), static o => o.Role, static (o, v) => o.Role = v),
        new ChoiceSetting<StartupMode>(nameof(SchedulingOptions.Startup), static o => o.Startup, static (o, v) => o.Startup = v),
        new NodeSetting(),
        new CountSetting(nameof(SchedulingOptions.MaxConcurrentRuns), static o => o.MaxConcurrentRuns, static (o, v) => o.MaxConcurrentRuns = v, 1, MostRuns),
        new DurationSetting(nameof(SchedulingOptions.LeaseDuration), static o => o.LeaseDuration, static (o, v) => o.LeaseDuration = v, Second, Week),
        new DurationSetting(nameof(SchedulingOptions.RenewInterval), static o => o.RenewInterval, static (o, v) => o.RenewInterval = v, Moment, Day),
        new DurationSetting(nameof(SchedulingOptions.MisfireThreshold), static o => o.MisfireThreshold, static (o, v) => o.MisfireThreshold = v, TimeSpan.Zero, Year),
        new DurationSetting(nameof(SchedulingOptions.Grace), static o => o.Grace, static (o, v) => o.Grace = v, TimeSpan.Zero, Week),
        new DurationSetting(nameof(SchedulingOptions.SafetyPollInterval), static o => o.SafetyPollInterval, static (o, v) => o.SafetyPollInterval = v, Moment, Minute),
        new DurationSetting(nameof(SchedulingOptions.PollInterval), static o => o.PollInterval, static (o, v) => o.PollInterval = v, Moment, Minute),
        new DurationSetting(nameof(SchedulingOptions.SweepInterval), static o => o.SweepInterval, static (o, v) => o.SweepInterval = v, Moment, Week),
        new DurationSetting(nameof(SchedulingOptions.Retention), static o => o.Retention, static (o, v) => o.Retention = v, Minute, TimeSpan.FromDays(3_650)),
        new DurationSetting(nameof(SchedulingOptions.ParkAfter), static o => o.ParkAfter, static (o, v) => o.ParkAfter = v, Second, Year),
        new DurationSetting(nameof(SchedulingOptions.StoreTimeout), static o => o.StoreTimeout, static (o, v) => o.StoreTimeout = v, Moment, TimeSpan.FromMinutes(10)),
        new DurationSetting(nameof(SchedulingOptions.ShutdownTimeout), static o => o.ShutdownTimeout, static (o, v) => o.ShutdownTimeout = v, TimeSpan.Zero, Week),
        new DurationSetting(nameof(SchedulingOptions.OverdueAlarm), static o => o.OverdueAlarm, static (o, v) => o.OverdueAlarm = v, Second, Year),
        new DurationSetting(nameof(SchedulingOptions.ObserverTimeout), static o => o.ObserverTimeout, static (o, v) => o.ObserverTimeout = v, Moment, TimeSpan.FromMinutes(10)),
        new SwitchSetting(nameof(SchedulingOptions.TenantMetrics), static o => o.TenantMetrics, static (o, v) => o.TenantMetrics = v),
    ];
}
