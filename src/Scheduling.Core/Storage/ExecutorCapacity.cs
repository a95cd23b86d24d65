using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>How many more runs of one executor a process can take.</summary>
[Experimental("SCHED0001")]
public readonly record struct ExecutorCapacity
{
    /// <summary>Makes a capacity.</summary>
    /// <param name="key">The executor's key.</param>
    /// <param name="free">How many more runs; not negative.</param>
    public ExecutorCapacity(string key, int free)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(free);
        (Key, Free) = (key, free);
    }

    /// <summary>The executor's key.</summary>
    public string Key { get; }

    /// <summary>How many more runs.</summary>
    public int Free { get; }
}
