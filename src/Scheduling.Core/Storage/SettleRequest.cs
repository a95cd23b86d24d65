using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Results of attempts to write.</summary>
[Experimental("SCHED0001")]
public sealed record SettleRequest
{
    /// <summary>The process that made the attempts.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>The results.</summary>
    public required IReadOnlyList<Settlement> Settlements { get; init; }
}
