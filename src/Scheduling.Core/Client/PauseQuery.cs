namespace Scheduling;

/// <summary>Which pauses of tenants and executors to list.</summary>
/// <remarks>Immutable and thread-safe; the default asks for all that are in force.</remarks>
public sealed record PauseQuery
{
    /// <summary>Only those that concern this tenant, those of executors of all tenants included; null (the default) for all.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Only those that concern this executor, those of whole tenants included; null (the default) for all.</summary>
    public string? Executor { get; init; }

    /// <summary>Whether pauses that have ended are listed too, as long as the history is kept. Default false.</summary>
    public bool IncludesEnded { get; init; }

    /// <summary>The most pauses of a page, 1-1,000. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The cursor of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }
}
