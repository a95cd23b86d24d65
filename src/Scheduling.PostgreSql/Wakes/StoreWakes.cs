using NodaTime;
using Npgsql;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Wakes;

/// <summary>Wakes of this store: its own process hears at once, others by notification if that is on. Thread-safe.</summary>
internal sealed class StoreWakes : IDisposable
{
    private readonly WakeHub _hub = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly WakeSender? _sender;
    private readonly WakeListener? _listener;
    private readonly Lock _gate = new();
    private Task? _listening;
    private int _isDisposed;

    public StoreWakes(NpgsqlDataSource source, PostgreSqlStoreOptions options, TimeProvider time)
    {
        if (!options.UseNotifications)
            return;
        var channel = new WakeChannel(options.Schema, UuidV7.Create(Instant.FromDateTimeOffset(time.GetUtcNow())));
        _sender = new WakeSender(source, channel, time, _stop.Token);
        _listener = new WakeListener(source, channel, _hub, time);
    }

    /// <summary>When this process hears others for the first time; at once without notifications.</summary>
    public Task Listening => _listener?.Listening ?? Task.CompletedTask;

    /// <summary>Listens from the first subscription on: a process that only writes needs no connection for it.</summary>
    public IDisposable Subscribe(Action<StoreWake> wake)
    {
        var subscription = _hub.Subscribe(wake);
        lock (_gate)
        {
            if (_listener is not null && !_stop.IsCancellationRequested)
                _listening ??= Task.Run(() => _listener.RunAsync(_stop.Token));
        }
        return subscription;
    }

    /// <summary>Something was committed that somebody may have to look at.</summary>
    /// <param name="wake">What for; nothing is no wake.</param>
    /// <param name="forOthers">What other processes must hear of.</param>
    public void Raise(StoreWake wake, StoreWake forOthers)
    {
        if (wake != StoreWake.None)
            _hub.Raise(wake);
        if (forOthers != StoreWake.None)
            _sender?.Send(forOthers);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;
        _stop.Cancel();
        _stop.Dispose();
    }
}
