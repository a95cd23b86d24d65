namespace Scheduling.Running;

/// <summary>The engine's state, which tells of each change once.</summary>
internal sealed class EngineStateKeeper(IEngineEvents events)
{
    private readonly Lock _gate = new();

    public EngineState State { get; private set; }

    public Exception? LastFailure { get; private set; }

    /// <summary>The store answered: the engine works, unless it is stopping.</summary>
    public void Reached() => Change(EngineState.Running, cause: null);

    public void Failed(Exception cause) => Change(EngineState.StoreUnavailable, cause);

    public void Stopping() => Change(EngineState.Stopping, cause: null);

    public void Stopped() => Change(EngineState.Stopped, cause: null);

    private void Change(EngineState state, Exception? cause)
    {
        lock (_gate)
        {
            if (State >= EngineState.Stopping && state < State)
                return;
            LastFailure = cause;
            if (State == state)
                return;
            State = state;
        }
        events.StateChanged(state, cause);
    }
}
