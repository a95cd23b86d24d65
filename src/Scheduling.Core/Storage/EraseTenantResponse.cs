using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What was erased of a tenant in one batch.</summary>
[Experimental("SCHED0001")]
public sealed record EraseTenantResponse
{
    /// <summary>How many jobs.</summary>
    public long Jobs { get; init; }

    /// <summary>How many executions that had ended or were pending.</summary>
    public long Executions { get; init; }

    /// <summary>How many events of executions.</summary>
    public long Events { get; init; }

    /// <summary>How many secrets.</summary>
    public long Secrets { get; init; }

    /// <summary>How many pauses that name the tenant.</summary>
    public long Pauses { get; init; }

    /// <summary>How many executions still run; they were asked to end, and leave nothing behind when they do.</summary>
    public int Running { get; init; }

    /// <summary>Whether something is left besides what runs, so that another batch must follow.</summary>
    public bool HasMore { get; init; }
}
