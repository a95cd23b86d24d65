namespace Scheduling.Testing;

/// <summary>What goes wrong with a call to a store.</summary>
public enum StoreFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The call throws and does not reach the store.</summary>
    Throws = 1,

    /// <summary>The store does its work, and then the call throws: the caller cannot know.</summary>
    LosesAnswer = 2,

    /// <summary>The call does not reach the store and hangs, until its token fires or the fault is healed; then it throws.</summary>
    Hangs = 3,

    /// <summary>The call hangs whatever its token says. When the fault is healed it does its work, although its caller has given up long since.</summary>
    ComesLate = 4,
}
