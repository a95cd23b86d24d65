namespace Scheduling;

/// <summary>What the history says about a slot.</summary>
internal sealed record SlotRow
{
    public static SlotRow None { get; } = new();

    /// <summary>The row whose slots span it, or null.</summary>
    public Execution? Row { get; init; }

    /// <summary>Rows of the job that were made around that time, newest first.</summary>
    public IReadOnlyList<Execution> Near { get; init; } = [];

    /// <summary>Whether rows of earlier slots are still kept, so that a missing row was never written.</summary>
    public bool ReachesBack { get; init; }
}
