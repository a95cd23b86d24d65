using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a run has reported since the store last heard of it. Travels with a renewal or with the result of the attempt.</summary>
/// <remarks>Immutable and thread-safe. A store writes it only for the token that has the execution, and takes events whose number it has already for repetitions.</remarks>
[Experimental("SCHED0001")]
public sealed class RunReport
{
    /// <summary>The execution.</summary>
    public required ExecutionId Id { get; init; }

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The token of the attempt.</summary>
    public required long Token { get; init; }

    /// <summary>The new events, in the order of their numbers.</summary>
    public IReadOnlyList<RunEvent> Events { get; init; } = [];

    /// <summary>How far the run has come; null when it never said.</summary>
    public RunProgress? Progress { get; init; }
}
