namespace Scheduling;

/// <summary>What a bulk call did, job by job.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class BulkResult
{
    internal BulkResult(IReadOnlyList<BulkItem> items, string? cursor) => (Items, Cursor) = (items, cursor);

    /// <summary>One item for each job, in the order of the selection: as listed, or oldest job first for a filter.</summary>
    public IReadOnlyList<BulkItem> Items { get; }

    /// <summary>Where the next call goes on (<see cref="BulkOptions.Cursor"/>); null when everything is done.</summary>
    public string? Cursor { get; }

    /// <summary>Whether no job was refused, in conflict or not found.</summary>
    public bool IsClean => Items.All(static item => item.Outcome is BulkOutcome.Changed or BulkOutcome.Unchanged);

    /// <summary>How many jobs have an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The number.</returns>
    public int Count(BulkOutcome outcome) => Items.Count(item => item.Outcome == outcome);
}
