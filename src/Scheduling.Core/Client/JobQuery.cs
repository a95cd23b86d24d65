using System.Globalization;

namespace Scheduling;

/// <summary>Which jobs to list, and in which order.</summary>
/// <remarks>Immutable and thread-safe; the default asks for all of the tenant, oldest first.</remarks>
public sealed record JobQuery
{
    /// <summary>Which jobs. Default: all.</summary>
    public JobFilter Filter { get; init; } = JobFilter.None;

    /// <summary>By what they are ordered. Default: by creation.</summary>
    public JobOrder OrderBy { get; init; }

    /// <summary>Whether the largest comes first. Default false. Jobs without a value come last all the same.</summary>
    public bool IsDescending { get; init; }

    /// <summary>The most jobs of a page, 1-1,000. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The cursor of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Refuses what cannot be asked.</summary>
    internal void Require()
    {
        if (Filter is null)
            throw new InvalidOperationException("A query's Filter is null: leave it out for all jobs.");
        JobFilterRules.Require(Filter);
        ExecutionQuery.RequirePageSize(PageSize);
        RequireOrder(OrderBy);
    }

    /// <summary>The question that a cursor belongs to: all but the page itself.</summary>
    internal string Question(TenantId tenant) => string.Create(
        CultureInfo.InvariantCulture,
        $"jobs\u001F{tenant}\u001F{Filter.KeyPrefix}\u001F{Filter.NameContains}\u001F{Filter.Executor}\u001F{(byte?)Filter.State}\u001F{Filter.IsActive}\u001F{Filter.IsPaused}\u001F{Filter.IsOverdue}\u001F{(byte?)Filter.LastStatus}\u001F{(byte)OrderBy}\u001F{IsDescending}");

    private static void RequireOrder(JobOrder orderBy)
    {
        if (!Enum.IsDefined(orderBy))
            throw new ArgumentOutOfRangeException(nameof(orderBy), orderBy, "The order is unknown: give Created, Key, Name, NextRun or LastRun.");
    }
}
