using NodaTime;
using Scheduling.Running;
using Scheduling.Secrets;

namespace Scheduling.Hosting;

/// <summary>Turns settings and declarations into what the engine takes.</summary>
internal static class EngineSettings
{
    public static EngineOptions Of(SchedulingOptions options, IDateTimeZoneProvider? zones, ISecretProtector? secrets) => new()
    {
        Node = options.Node,
        MaxConcurrentRuns = options.MaxConcurrentRuns,
        LeaseDuration = Duration.FromTimeSpan(options.LeaseDuration),
        RenewInterval = Duration.FromTimeSpan(options.RenewInterval),
        MisfireThreshold = Duration.FromTimeSpan(options.MisfireThreshold),
        Grace = Duration.FromTimeSpan(options.Grace),
        SafetyPollInterval = Duration.FromTimeSpan(options.SafetyPollInterval),
        PollInterval = Duration.FromTimeSpan(options.PollInterval),
        SweepInterval = Duration.FromTimeSpan(options.SweepInterval),
        Retention = Duration.FromTimeSpan(options.Retention),
        ParkAfter = Duration.FromTimeSpan(options.ParkAfter),
        StoreTimeout = Duration.FromTimeSpan(options.StoreTimeout),
        Zones = zones,
        SecretProtector = secrets,
    };

    /// <summary>The limit of an executor: the setting wins over what the code said.</summary>
    public static int? LimitOf(ExecutorDeclaration executor, SchedulingOptions options) =>
        options.Executors.TryGetValue(executor.Key, out var settings) && settings.MaxConcurrentRuns is { } limit ? limit : executor.MaxConcurrentRuns;
}
