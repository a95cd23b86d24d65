using Microsoft.Extensions.Logging;

namespace Scheduling.Hosting.Tests;

/// <summary>A logger of the package's category that throws at each run's lines and scopes; others stay quiet, so that the host itself starts.</summary>
internal sealed class BrokenLogs : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Writer(categoryName == SchedulingLog.Category);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Writer(bool isBroken) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => isBroken ? throw new InvalidOperationException("the log is broken") : null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (isBroken && eventId.Id >= 101)
                throw new InvalidOperationException("the log is broken");
        }
    }
}
