using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>The path of one piece of work through a node: a run's user code, or the node's stop. It is at rest when it waits for a timer or a gate of virtual time, and moves when it does not.</summary>
internal sealed class Flow(NodeMotion motion, ClaimedRun? run)
{
    private static readonly AsyncLocal<Flow?> Local = new();
    private int _waits;
    private bool _isOver;

    /// <summary>The flow that the calling code belongs to; null for the engine's own.</summary>
    public static Flow? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    public string What => run is null ? "a stop" : $"a run of {run.Tenant}/{run.Definition.Key} (executor {run.Definition.Executor})";

    /// <summary>Whether it is the node's stop.</summary>
    public bool IsStop => run is null;

    public bool IsMoving => !_isOver && _waits == 0;

    public void Begin() => motion.Add(this);

    public void End() => motion.Change(this, static flow => flow._isOver = true);

    public void BeginWait() => motion.Change(this, static flow => flow._waits++);

    public void EndWait() => motion.Change(this, static flow => flow._waits--);
}
