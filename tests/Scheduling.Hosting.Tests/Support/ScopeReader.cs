using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Scheduling.Hosting.Tests;

/// <summary>Reads the log scopes that are open where it is asked.</summary>
internal sealed class ScopeReader : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public void Read(ConcurrentQueue<object?> found) => _scopes.ForEachScope(static (scope, found) => found.Enqueue(scope), found);

    public ILogger CreateLogger(string categoryName) => NullLogger.Instance;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // Nothing is held.
    }
}
