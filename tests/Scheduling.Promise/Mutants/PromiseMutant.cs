namespace Scheduling.Promise;

/// <summary>Bugs that were planted on purpose: each breaks the promise in one way, and random scenarios must find it.</summary>
public enum PromiseMutant
{
    /// <summary>No bug: the same scenarios must hold.</summary>
    None,

    /// <summary>A result is written whatever token it carries.</summary>
    TokenDropped,

    /// <summary>A claim takes its now from the clock of the node that asks.</summary>
    NodeClockUsed,

    /// <summary>An attempt counts when it has ended, not when it is claimed.</summary>
    AttemptCountedLate,

    /// <summary>Two claims of one moment both get a slot: neither the row lock nor a unique key is in the way.</summary>
    UniqueKeySkipped,

    /// <summary>Renewals need a thread of the pool.</summary>
    RenewalOnPool,

    /// <summary>The last slot that was answered for is forgotten.</summary>
    LastSlotIgnored,
}
