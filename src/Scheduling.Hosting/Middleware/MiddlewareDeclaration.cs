namespace Scheduling.Hosting;

/// <summary>A middleware as a program added it.</summary>
internal sealed record MiddlewareDeclaration(ExecutionMiddleware Invoke);
