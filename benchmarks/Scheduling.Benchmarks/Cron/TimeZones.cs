namespace Scheduling.Benchmarks.Cron;

/// <summary>The only use of TimeZoneInfo: Quartz takes nothing else.</summary>
internal static class TimeZones
{
#pragma warning disable RS0030 // The peer's own API.
    public static TimeZoneInfo Find(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
#pragma warning restore RS0030
}
