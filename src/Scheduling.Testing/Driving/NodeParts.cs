namespace Scheduling.Testing;

/// <summary>What a node of a harness consists of beside its services.</summary>
internal sealed record NodeParts(NodeClock Clock, NodeMotion Motion, NodeRuntime Runtime, NodeEvents Events, FaultInjectingStore Store);
