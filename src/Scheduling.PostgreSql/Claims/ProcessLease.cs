using NodaTime;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Lengths of leases as the store writes them.</summary>
internal static class ProcessLease
{
    public static long MicrosecondsOf(Duration lease) => lease.BclCompatibleTicks / TimeSpan.TicksPerMicrosecond;
}
