using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Scheduling.Hosting.Tests;

/// <summary>Keeps every log line with its event id, its values and the scopes around it.</summary>
internal sealed class LogSink : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public int CountOf(int eventId) => Lines.Count(line => line.EventId == eventId);

    public LogLine Only(int eventId) => Assert.Single(Lines, line => line.EventId == eventId);

    public ILogger CreateLogger(string categoryName) => new Writer(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // Tests read the lines after the host is gone.
    }

    private sealed class Writer(LogSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => sink._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            var scope = new Dictionary<string, object?>(StringComparer.Ordinal);
            sink._scopes.ForEachScope(
                static (each, found) =>
                {
                    foreach (var (name, value) in each as IEnumerable<KeyValuePair<string, object?>> ?? [])
                        found[name] = value;
                },
                scope);
            sink._lines.Enqueue(new LogLine(category, logLevel, eventId.Id, formatter(state, exception), exception, values.ToDictionary(StringComparer.Ordinal), scope));
        }
    }
}
