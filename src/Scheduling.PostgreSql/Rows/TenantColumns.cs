using NodaTime;
using Scheduling.Policies;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>The columns of the table tenants: running, the three of the limits, when the rate's bucket is full.</summary>
internal static class TenantColumns
{
    /// <summary>How many columns <see cref="Read"/> reads.</summary>
    public const int Count = 5;

    public static TenantRow Read(TenantId tenant, ref ColumnReader columns)
    {
        var running = columns.Int();
        return new TenantRow { Tenant = tenant, Running = running, Limits = ReadLimits(ref columns), RateFullAt = columns.TimeOrNull() };
    }

    public static TenantLimits ReadLimits(ref ColumnReader columns)
    {
        var (maximum, runs, per) = (columns.IntOrNull(), columns.IntOrNull(), columns.LongOrNull());
        return maximum is null && runs is null
            ? TenantLimits.None
            : new TenantLimits { MaximumRunning = maximum, MaximumRate = runs is { } n ? new RunRate(n, Duration.FromNanoseconds(per!.Value)) : null };
    }
}
