namespace Scheduling.Running;

/// <summary>Where an active run stands in its process.</summary>
internal enum RunPhase : byte
{
    /// <summary>Claimed; no thread has it yet.</summary>
    Queued,

    /// <summary>User code runs.</summary>
    Running,

    /// <summary>User code still runs, but the run is settled without it or no longer ours; its place stays taken.</summary>
    Detached,

    /// <summary>User code ended, or never began; the result waits to be written.</summary>
    Ended,
}
