namespace Scheduling.Running;

/// <summary>
/// The engine's state, which tells of each change once. The store counts as reached only while both the last tick and the last renewal were: ticks that go well while each renewal fails are one outage, not many.
/// </summary>
internal sealed class EngineStateKeeper(IEngineEvents events)
{
    private readonly Lock _gate = new();
    private Exception? _tickFailure;
    private Exception? _renewalFailure;

    public EngineState State { get; private set; }

    public Exception? LastFailure { get; private set; }

    /// <summary>A tick went well: the engine works, unless it is stopping or its renewals fail.</summary>
    public void Reached() => Change(EngineState.Running, ref _tickFailure, cause: null);

    public void Failed(Exception cause) => Change(EngineState.Running, ref _tickFailure, cause);

    /// <summary>A renewal went well. It ends what renewals began, and nothing else.</summary>
    public void Renewed()
    {
        if (Volatile.Read(ref _renewalFailure) is not null)
            Change(State, ref _renewalFailure, cause: null);
    }

    public void RenewalFailed(Exception cause) => Change(EngineState.Running, ref _renewalFailure, cause);

    public void Stopping() => Change(EngineState.Stopping, ref _tickFailure, cause: null);

    public void Stopped() => Change(EngineState.Stopped, ref _tickFailure, cause: null);

    private void Change(EngineState state, ref Exception? failure, Exception? cause)
    {
        lock (_gate)
        {
            failure = cause;
            LastFailure = _tickFailure ?? _renewalFailure;
            if (state < EngineState.Stopping)
                state = LastFailure is null ? EngineState.Running : EngineState.StoreUnavailable;
            if (State == state || (State >= EngineState.Stopping && state < State))
                return;
            State = state;
        }
        events.StateChanged(state, cause);
    }
}
