using Scheduling.Storage;

namespace Scheduling.PostgreSql.Wakes;

/// <summary>The subscribers of this process. Thread-safe.</summary>
internal sealed class WakeHub
{
    private readonly Lock _gate = new();
    private Subscription[] _subscribers = [];

    /// <summary>Whether anybody listens.</summary>
    public bool HasSubscribers => Volatile.Read(ref _subscribers).Length > 0;

    /// <summary>Tells everybody; must be called without any lock or transaction.</summary>
    public void Raise(StoreWake wake)
    {
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
            _subscribers = [.. _subscribers.Where(known => known != subscription)];
    }

    private sealed class Subscription(WakeHub hub, Action<StoreWake> wake) : IDisposable
    {
        public Action<StoreWake> Wake { get; } = wake;

        public void Dispose() => hub.Unsubscribe(this);
    }
}
