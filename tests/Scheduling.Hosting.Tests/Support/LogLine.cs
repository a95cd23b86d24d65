using Microsoft.Extensions.Logging;

namespace Scheduling.Hosting.Tests;

internal sealed record LogLine(
    string Category,
    LogLevel Level,
    int EventId,
    string Text,
    Exception? Exception,
    IReadOnlyDictionary<string, object?> Values,
    IReadOnlyDictionary<string, object?> Scope);
