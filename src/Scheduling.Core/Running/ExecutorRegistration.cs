using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Running;

/// <summary>An executor that an engine has: its key, how to run it and how many runs it may have at once.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
[Experimental("SCHED0001")]
public sealed class ExecutorRegistration
{
    /// <summary>Registers an executor.</summary>
    /// <param name="key">The key that jobs name, 1-128 characters.</param>
    /// <param name="execute">Does the work of one attempt.</param>
    /// <param name="maxConcurrentRuns">The most runs of this executor at once in this process, at least 1; null for no limit of its own.</param>
    /// <exception cref="SchedulingValidationException">The key breaks the rule.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    public ExecutorRegistration(string key, ExecutorCallback execute, int? maxConcurrentRuns = null)
    {
        IdentityText.Require(key, "executor");
        ArgumentNullException.ThrowIfNull(execute);
        if (maxConcurrentRuns is < 1)
            throw new ArgumentOutOfRangeException(nameof(maxConcurrentRuns), maxConcurrentRuns, "At least 1 run at once, or null for no limit of its own.");
        (Key, Execute, MaxConcurrentRuns) = (key, execute, maxConcurrentRuns);
    }

    /// <summary>The key that jobs name.</summary>
    public string Key { get; }

    /// <summary>Does the work of one attempt.</summary>
    public ExecutorCallback Execute { get; }

    /// <summary>The most runs of this executor at once in this process; null for no limit of its own.</summary>
    public int? MaxConcurrentRuns { get; }
}
