namespace Scheduling.Testing;

/// <summary>Which calls a fault hits, and how many more of them.</summary>
internal sealed class FaultRule(StoreCall calls, StoreFault fault, int times, Func<Exception>? exception = null)
{
    private int _left = times;

    public StoreFault Fault { get; } = fault;

    /// <summary>What happens when a call is hit, before it reaches the store.</summary>
    public Action? Before { get; init; }

    /// <summary>What happens when a call is hit and the store has done its work.</summary>
    public Action? After { get; init; }

    public bool IsUsedUp => _left <= 0;

    public bool Hits(StoreCall call) => (calls & call) != StoreCall.None && !IsUsedUp;

    /// <summary>Counts a hit; a rule for ever stays one.</summary>
    public void Use()
    {
        if (_left != int.MaxValue)
            _left--;
    }

    public Exception Exception(StoreCall call) => exception?.Invoke() ?? new StoreFaultException(call, Fault);
}
