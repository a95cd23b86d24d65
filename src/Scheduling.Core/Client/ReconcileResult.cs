namespace Scheduling;

/// <summary>What reconciling a set did, or would do, job by job.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ReconcileResult
{
    internal ReconcileResult(IReadOnlyList<ReconcileItem> items, long? newerGeneration) => (Items, NewerGeneration) = (items, newerGeneration);

    /// <summary>The jobs in the order of the set, then those that were deleted, oldest first. Empty when the set is stale.</summary>
    public IReadOnlyList<ReconcileItem> Items { get; }

    /// <summary>The generation that was reconciled before and is newer than the set's; null when there is none.</summary>
    public long? NewerGeneration { get; }

    /// <summary>Whether nothing was done because a newer generation of the set had been reconciled.</summary>
    public bool IsStale => NewerGeneration is not null;

    /// <summary>How many jobs have an action.</summary>
    /// <param name="action">The action.</param>
    /// <returns>The number.</returns>
    public int Count(ReconcileAction action) => Items.Count(item => item.Action == action);
}
