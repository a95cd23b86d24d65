using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>What a process must know about what it has.</summary>
[Experimental("SCHED0001")]
public sealed record RenewResponse
{
    /// <summary>The store's now.</summary>
    public required Instant StoreNow { get; init; }

    /// <summary>Until when the process's lease is good, by the store's clock.</summary>
    public required Instant LeaseUntil { get; init; }

    /// <summary>Executions the process believed to have and has no more: their tokens fire.</summary>
    public IReadOnlyList<HeldRun> Lost { get; init; } = [];

    /// <summary>Executions whose end was asked for; told again with each renewal until they are settled.</summary>
    public IReadOnlyList<CancelNotice> CancelRequested { get; init; } = [];

    /// <summary>How many strays were handed back.</summary>
    public int Strays { get; init; }

    /// <summary>
    /// What failed behind the renewal, or null: reports that are not written, strays that were not handed back. The lease is good all the same, and nothing running may be given up for it; the next
    /// renewal brings the reports again and sees to the rest.
    /// </summary>
    public Exception? Unfinished { get; init; }
}
