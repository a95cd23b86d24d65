namespace Scheduling;

/// <summary>Which executions to list.</summary>
/// <remarks>Immutable and thread-safe; the default asks for all of the tenant.</remarks>
public sealed record ExecutionQuery
{
    /// <summary>The largest <see cref="PageSize"/>: 1,000.</summary>
    public const int MaximumPageSize = 1_000;

    /// <summary>Only those of this job; null (the default) for all of the tenant's.</summary>
    public JobRef? Job { get; init; }

    /// <summary>Only those of this executor; null (the default) for all.</summary>
    public string? Executor { get; init; }

    /// <summary>Only those of this status; null (the default) for all. For one of several see <see cref="Statuses"/>; when both are set, both must hold.</summary>
    public ExecutionStatus? Status { get; init; }

    /// <summary>Only those of one of these statuses; empty (the default) for all.</summary>
    public IReadOnlyList<ExecutionStatus> Statuses { get; init; } = [];

    /// <summary>The most executions of a page, 1-1,000. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The cursor of the page before; null for the newest page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Refuses a page of no row or of too many.</summary>
    internal static void RequirePageSize(int pageSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaximumPageSize);
    }
}
