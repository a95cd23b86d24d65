using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>The one writer, the readers and the watch on other processes, as the faces of the store use them. Thread-safe.</summary>
internal sealed class StoreAccess : IDisposable
{
    /// <summary>How long a call on the caller's own thread may take; that of the engine's other calls.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly DatabaseFile _file;
    private readonly WakeList _subscribers = new();
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly ForeignWatch _watch;

    public StoreAccess(DatabaseFile file, TimeProvider time)
    {
        _file = file;
        _writer = new Writer(file, time, _subscribers);
        _readers = new Readers(file, time);
        _watch = new ForeignWatch(_writer, time, file.Options.WatchInterval);
    }

    /// <summary>Does something in the writer's transaction; answers when it is durable.</summary>
    public ValueTask<T> WriteAsync<T>(Func<WriteSession, Instant, T> work, CancellationToken cancellation) =>
        _writer.WriteAsync(session => Do(session, work), cancellation);

    /// <summary>Does the same while the calling thread waits; nothing of it needs a thread of the pool.</summary>
    public T Write<T>(Func<WriteSession, Instant, T> work) => _writer.Write(session => Do(session, work), Deadline);

    /// <summary>Reads one moment of the file.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<ReadSession, T> work, CancellationToken cancellation)
    {
        if (!_file.IsReady)
            await OpenAsync(cancellation).ConfigureAwait(false);
        return await _readers.ReadAsync(work, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens the file and brings its schema up to date.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellation) =>
        await _writer.WriteAsync(static _ => true, cancellation).ConfigureAwait(false);

    public IDisposable Subscribe(Action<StoreWake> wake)
    {
        var subscription = _subscribers.Subscribe(wake);
        _watch.Start();
        return subscription;
    }

    public void Dispose()
    {
        _watch.Dispose();
        _readers.Dispose();
        _writer.Dispose();
    }

    private static T Do<T>(WriteSession session, Func<WriteSession, Instant, T> work)
    {
        var now = session.Now();
        var result = work(session, now);
        session.Finish(now);
        return result;
    }
}
