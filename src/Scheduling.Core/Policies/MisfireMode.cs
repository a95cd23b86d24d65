namespace Scheduling.Policies;

/// <summary>What becomes of slots that are later than the misfire threshold. The numbers are stored and never change.</summary>
public enum MisfireMode : byte
{
    /// <summary>One run for the latest missed slot; the earlier ones are counted in that run's own row. The default.</summary>
    RunOnce = 0,

    /// <summary>No run: the late slots become one Skipped row.</summary>
    Skip = 1,

    /// <summary>One run for each missed slot, one after the other, oldest first; beyond the maximum the oldest are counted as missed.</summary>
    RunAll = 2,
}
