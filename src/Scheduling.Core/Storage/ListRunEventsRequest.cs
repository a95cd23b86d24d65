using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>One page of the events of an execution, oldest first.</summary>
[Experimental("SCHED0001")]
public sealed record ListRunEventsRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The execution.</summary>
    public required ExecutionId Execution { get; init; }

    /// <summary>The number of the last event of the page before; 0 for the first page.</summary>
    public int After { get; init; }

    /// <summary>The most events to return; positive.</summary>
    public required int Size { get; init; }
}
