namespace Scheduling.Policies;

/// <summary>What becomes of an execution whose node died or lost its lease. The numbers are stored and never change.</summary>
public enum OrphanPolicy : byte
{
    /// <summary>It starts again with a higher attempt and token; after three starts that nobody settled it is Abandoned as poisoned. The default.</summary>
    Rerun = 0,

    /// <summary>It is Abandoned at once: for work that must not be started twice.</summary>
    Abandon = 1,
}
