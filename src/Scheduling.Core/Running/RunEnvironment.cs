namespace Scheduling.Running;

/// <summary>What all runs of an engine have in common.</summary>
internal sealed record RunEnvironment(MonotonicClock Clock, EngineRuntime Runtime, SecretReader Secrets);
