namespace Scheduling.Testing;

/// <summary>The calls of a store, to say which of them a fault is about. Combine them as flags.</summary>
[Flags]
public enum StoreCall
{
    /// <summary>No call.</summary>
    None = 0,

    /// <summary>Making the store ready.</summary>
    Initialize = 1,

    /// <summary>Taking due work.</summary>
    Claim = 2,

    /// <summary>Prolonging the lease.</summary>
    Renew = 4,

    /// <summary>Writing results.</summary>
    Settle = 8,

    /// <summary>Housekeeping.</summary>
    Sweep = 16,

    /// <summary>Giving the lease up at a stop.</summary>
    Leave = 32,

    /// <summary>Looking at the store's state.</summary>
    Inspect = 64,

    /// <summary>Writing or deleting a job, a limit, a pause.</summary>
    Write = 128,

    /// <summary>Reading jobs, executions, limits, pauses.</summary>
    Read = 256,

    /// <summary>Asking for a run now.</summary>
    Enqueue = 512,

    /// <summary>Asking for the end of an execution.</summary>
    Cancel = 1024,

    /// <summary>What engines call: Claim, Renew, Settle, Sweep and Leave.</summary>
    Engine = Claim | Renew | Settle | Sweep | Leave,

    /// <summary>What people call: Write, Read, Enqueue and Cancel.</summary>
    Control = Write | Read | Enqueue | Cancel,

    /// <summary>Every call.</summary>
    All = Initialize | Engine | Inspect | Control,
}
