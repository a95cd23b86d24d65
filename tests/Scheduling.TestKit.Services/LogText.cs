using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Scheduling.TestKit.Services;

/// <summary>Keeps every log line as text, exceptions included, for tests that look for what must not be there.</summary>
public sealed class LogText : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>The newest line with an exception, for the message of a test that fails.</summary>
    public string? LastProblem { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var line = $"{formatter(state, exception)} {exception}";
        _lines.Enqueue(line);
        if (exception is not null)
            LastProblem = line;
    }

    public void Dispose()
    {
        // Nothing to let go of: the lines are read after the service's end.
    }
}
