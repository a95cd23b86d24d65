namespace Scheduling.Testing;

/// <summary>The flows of a node that move now, in user code that virtual time does not hold.</summary>
internal sealed class NodeMotion(Action changed)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Flow> _moving = [];

    public bool HasAny
    {
        get
        {
            lock (_lock)
                return _moving.Count > 0;
        }
    }

    /// <summary>Whether any flow but one moves.</summary>
    public bool HasAnyBut(Flow? flow)
    {
        lock (_lock)
            return _moving.Count > (flow is not null && _moving.Contains(flow) ? 1 : 0);
    }

    public string Describe()
    {
        lock (_lock)
            return string.Join(", ", _moving.Select(static flow => flow.What));
    }

    public void Add(Flow flow)
    {
        lock (_lock)
            _moving.Add(flow);
    }

    public void Change(Flow flow, Action<Flow> change)
    {
        lock (_lock)
        {
            change(flow);
            if (flow.IsMoving)
                _moving.Add(flow);
            else
                _moving.Remove(flow);
        }
        changed();
    }
}
