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

    /// <summary>Does the work with the services of the attempt's scope.</summary>
    public required Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> Work { get; init; }

    /// <summary>The same where it needs no services; null where it does.</summary>
    public ExecutorCallback? WorkWithoutServices { get; init; }

    /// <summary>Makes the callback, once the services are there. A scope is made only for who looks into it.</summary>
    public ExecutorCallback Bind(IServiceProvider services, ExecutionMiddleware[] middleware) =>
        middleware.Length > 0 ? new ScopedExecutor(services, new ExecutionPipeline(middleware, Work).ExecuteAsync).ExecuteAsync
        : WorkWithoutServices ?? new ScopedExecutor(services, Work).ExecuteAsync;
}
