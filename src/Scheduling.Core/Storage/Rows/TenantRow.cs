using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Storage.Rows;

/// <summary>A tenant with limits and what it has used of them, as a database store holds it. A store may decide on it only while it has the row locked.</summary>
internal sealed class TenantRow
{
    public required TenantId Tenant { get; init; }

    public TenantLimits Limits { get; init; } = TenantLimits.None;

    public int Running { get; set; }

    /// <summary>When the bucket of the tenant's rate is full again; null when it is.</summary>
    public Instant? RateFullAt { get; set; }

    /// <summary>Until when a limit holds the tenant's work back: null when nothing does, <see cref="Instant.MaxValue"/> for until one of its runs ends.</summary>
    public Instant? HeldUntil(Instant now)
    {
        if (Limits.MaximumRunning is { } maximum && Running >= maximum)
            return Instant.MaxValue;
        return Limits.MaximumRate?.HeldUntil(RateFullAt, now);
    }

    public void CountStart(Instant now)
    {
        Running++;
        RateFullAt = Limits.MaximumRate?.Take(RateFullAt, now);
    }
}
