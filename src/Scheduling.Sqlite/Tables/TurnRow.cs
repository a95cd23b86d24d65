using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>When the work of a tenant for one executor may next be served.</summary>
internal sealed class TurnRow
{
    public required long Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required string Executor { get; init; }

    /// <summary>When it comes; null while it is held back or has nothing.</summary>
    public Instant? TurnAt { get; set; }

    /// <summary>The place in line among turns that come at the same time.</summary>
    public long Place { get; set; }

    /// <summary>Since when the tenant's limit holds it back.</summary>
    public Instant? HeldSince { get; set; }
}
