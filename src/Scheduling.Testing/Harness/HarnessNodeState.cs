namespace Scheduling.Testing;

/// <summary>What a node of a harness is doing.</summary>
public enum HarnessNodeState
{
    /// <summary>It works.</summary>
    Running = 0,

    /// <summary>Its process stands still and knows nothing of it, as after SIGSTOP or on a suspended machine.</summary>
    Frozen = 1,

    /// <summary>It ends its work and takes no more.</summary>
    Stopping = 2,

    /// <summary>It has ended gracefully.</summary>
    Stopped = 3,

    /// <summary>Its process is gone, without a word to the store.</summary>
    Failed = 4,
}
