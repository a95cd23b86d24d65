using Scheduling.Hosting;

namespace ClusterSample;

/// <summary>Shorter times than the defaults, so that half a minute shows what happens after a kill: the lease of a dead worker is over after 5 s instead of 30.</summary>
internal static class ClusterSettings
{
    public static void Apply(SchedulingOptions options)
    {
        options.LeaseDuration = TimeSpan.FromSeconds(5);
        options.RenewInterval = TimeSpan.FromSeconds(1.5);
        options.SweepInterval = TimeSpan.FromSeconds(1);
        options.MaxConcurrentRuns = 32;
    }
}
