using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>One execution that a process may start now.</summary>
[Experimental("SCHED0001")]
public sealed class ClaimedRun
{
    /// <summary>The execution.</summary>
    public required ExecutionId Id { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The job's definition as of this claim.</summary>
    public required JobDefinition Definition { get; init; }

    /// <summary>The version of the definition.</summary>
    public required long JobVersion { get; init; }

    /// <summary>What caused it.</summary>
    public ExecutionTrigger Trigger { get; init; }

    /// <summary>The slots it answers for; null for a manual run.</summary>
    public SlotRange? Slots { get; init; }

    /// <summary>When it was to start.</summary>
    public Instant DueAt { get; init; }

    /// <summary>When this attempt starts: the store's now.</summary>
    public Instant StartedAt { get; init; }

    /// <summary>How late this attempt is, not counting the time that a tenant limit held it back or that it waited for its retry.</summary>
    public Duration Lag { get; init; }

    /// <summary>Which start this is, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts failed before and were retried.</summary>
    public int Failures { get; init; }

    /// <summary>The fencing token: higher than that of every earlier start of the job.</summary>
    public long Token { get; init; }

    /// <summary>How many events earlier attempts reported; the next one has the number after it.</summary>
    public int EventCount { get; init; }

    /// <summary>How many bytes of UTF-8 the names and texts of these events have.</summary>
    public int EventBytes { get; init; }

    /// <summary>The trace in which the run was asked for, as a W3C traceparent; null for a scheduled run and where nobody traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The execution of the job that started before this one, or null.</summary>
    public RunSummary? PreviousRun { get; init; }

    /// <summary>When the start of the job's last successful run was, or null.</summary>
    public Instant? LastSuccessAt { get; init; }
}
