namespace Scheduling.Storage;

/// <summary>Who is told of new work. Wakes gather under the store's lock and are sent after it, so that a subscriber never runs inside it.</summary>
internal sealed class WakeList
{
    private readonly Lock _gate = new();
    private Subscription[] _subscribers = [];
    private StoreWake _gathered;

    /// <summary>Notes a wake; needs the store's lock.</summary>
    public void Add(StoreWake wake) => _gathered |= wake;

    /// <summary>Takes what has gathered; needs the store's lock.</summary>
    public StoreWake Take()
    {
        var taken = _gathered;
        _gathered = StoreWake.None;
        return taken;
    }

    /// <summary>Tells the subscribers; must not be called inside the store's lock.</summary>
    public void Send(StoreWake wake)
    {
        if (wake == StoreWake.None)
            return;
        foreach (var subscriber in Volatile.Read(ref _subscribers))
            subscriber.Wake(wake);
    }

    public IDisposable Subscribe(Action<StoreWake> wake)
    {
        var subscription = new Subscription(this, wake);
        lock (_gate)
            _subscribers = [.. _subscribers, subscription];
        return subscription;
    }

    private void Unsubscribe(Subscription subscription)
    {
        lock (_gate)
            _subscribers = [.. _subscribers.Where(s => s != subscription)];
    }

    private sealed class Subscription(WakeList list, Action<StoreWake> wake) : IDisposable
    {
        public Action<StoreWake> Wake { get; } = wake;

        public void Dispose() => list.Unsubscribe(this);
    }
}
