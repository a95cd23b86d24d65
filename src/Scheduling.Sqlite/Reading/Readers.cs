using System.Collections.Concurrent;

namespace Scheduling.Sqlite;

/// <summary>Connections that read beside the writer, each on a thread of its own: a long page must not hold up a short one, and no thread of the pool waits for a disk.</summary>
internal sealed class Readers(DatabaseFile file, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly BlockingCollection<ReadOperation> _queue = [];
    private readonly List<Thread> _threads = [];
    private int _idle;
    private bool _isDisposed;

    /// <summary>Reads one moment of the file.</summary>
    /// <param name="work">Runs on a reader's thread, inside a transaction.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The result.</returns>
    public async ValueTask<T> ReadAsync<T>(Func<ReadSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var operation = new ReadOperation<T>(work, cancellation);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _queue.Add(operation, CancellationToken.None);
            if (Volatile.Read(ref _idle) < _queue.Count && _threads.Count < file.Options.Readers)
                StartThread();
        }
        return await operation.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        Thread[] threads;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _queue.CompleteAdding();
            threads = [.. _threads];
        }
        foreach (var thread in threads)
            thread.Join();
        _queue.Dispose();
    }

    private void StartThread()
    {
        var thread = new Thread(Run) { Name = "Scheduling.Sqlite reader", IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }

    private void Run()
    {
        ReadSession? session = null;
        Interlocked.Increment(ref _idle);
        foreach (var operation in _queue.GetConsumingEnumerable())
        {
            Interlocked.Decrement(ref _idle);
            if (!operation.IsAbandoned)
                Read(operation, ref session);
            Interlocked.Increment(ref _idle);
        }
        session?.Connection.Dispose();
    }

    private void Read(ReadOperation operation, ref ReadSession? session)
    {
        try
        {
            file.CheckPresent();
            session ??= new ReadSession(file.OpenReader(), time);
            session.Connection.Run("BEGIN");
            operation.Execute(session);
            session.Connection.Run("COMMIT");
            session.Forget();
        }
        catch (Exception error)
        {
            // Whatever it was, the next read begins with a connection that has no past.
            session?.Connection.Dispose();
            session = null;
            operation.Fail(error);
            return;
        }
        operation.Complete();
    }
}
