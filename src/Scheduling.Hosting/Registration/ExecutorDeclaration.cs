using Scheduling.Running;

namespace Scheduling.Hosting;

/// <summary>An executor as a program added it; checked and bound when the host starts.</summary>
internal sealed class ExecutorDeclaration
{
    /// <summary>The key that jobs name.</summary>
    public required string Key { get; init; }

    /// <summary>Who does the work, for messages: a type's name, or "a delegate".</summary>
    public required string Source { get; init; }

    /// <summary>The most runs at once in this process, as given in code.</summary>
    public required int? MaxConcurrentRuns { get; init; }

    /// <summary>Makes the callback, once the services are there.</summary>
    public required Func<IServiceProvider, ExecutorCallback> Bind { get; init; }
}
