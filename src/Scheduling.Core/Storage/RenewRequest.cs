using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>A process prolongs its lease and says what it has.</summary>
[Experimental("SCHED0001")]
public sealed record RenewRequest
{
    /// <summary>The process.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>Its node's label, for people.</summary>
    public required string Node { get; init; }

    /// <summary>The keys of the executors that it has.</summary>
    public required IReadOnlyList<string> Executors { get; init; }

    /// <summary>How long the lease is, counted from the store's now.</summary>
    public required Duration Lease { get; init; }

    /// <summary>The executions that it knows it has, those included whose results are not yet written.</summary>
    public required IReadOnlyCollection<HeldRun> Known { get; init; }

    /// <summary>What its runs reported since the last renewal that was answered. A report of a run that is not the process's own, by its token, is passed over.</summary>
    public IReadOnlyList<RunReport> Reports { get; init; } = [];

    /// <summary>The number of the last claim whose answer, or failure, the process has seen, with all before it. Runs of these claims that are not known are strays and are handed back.</summary>
    public required long AnsweredClaims { get; init; }
}
