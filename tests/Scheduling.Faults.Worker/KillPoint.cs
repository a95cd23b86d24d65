namespace Scheduling.Faults;

/// <summary>Where a worker kills itself, once, as the kernel would: no last words.</summary>
public enum KillPoint
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>Before its first claim reaches the store.</summary>
    BeforeClaim = 1,

    /// <summary>After the first claim that took something, before its answer is seen.</summary>
    AfterClaim = 2,

    /// <summary>In the middle of the work.</summary>
    InRun = 3,

    /// <summary>After the work, before its result reaches the store.</summary>
    BeforeSettle = 4,

    /// <summary>After the result is written, before that is known.</summary>
    AfterSettle = 5,
}
