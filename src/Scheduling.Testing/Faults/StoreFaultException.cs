namespace Scheduling.Testing;

/// <summary>What an injected fault throws: to the caller it is as good as a broken connection.</summary>
public sealed class StoreFaultException : IOException
{
    internal StoreFaultException(StoreCall call, StoreFault fault)
        : base(fault == StoreFault.LosesAnswer ? $"{call}: the answer was lost (injected)." : $"{call}: no route to the store (injected).") =>
        (Call, Fault) = (call, fault);

    /// <summary>The call.</summary>
    public StoreCall Call { get; }

    /// <summary>What went wrong with it.</summary>
    public StoreFault Fault { get; }
}
