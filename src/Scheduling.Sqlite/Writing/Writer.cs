using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>
/// The one writer of a process: a thread of its own that takes everything that waits, does it in one transaction, commits once, and only then answers. What gathers while a commit waits for the
/// disk goes into the next one, so the more there is to write, the less each write costs.
/// </summary>
internal sealed class Writer(DatabaseFile file, TimeProvider time, WakeList subscribers) : IDisposable
{
    /// <summary>The most operations of one transaction: the first of them should not wait too long for the last.</summary>
    private const int LargestGroup = 256;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Queue<WriteOperation> _queue = new();
    private readonly List<WriteOperation> _group = [];
    private readonly ExecutionIdSource _ids = new();
    private readonly ForeignWakes _foreign = new();
    private Thread? _thread;
    private Connection? _connection;
    private WriteSession? _session;
    private Action? _looked;
    private bool _isDisposed;

    /// <summary>Does something in a transaction.</summary>
    /// <param name="work">Runs on the writer's thread; what it throws rolls back what it did, alone.</param>
    /// <param name="cancellation">Ends the wait; what has begun is finished all the same.</param>
    /// <returns>The result, once it is durable.</returns>
    public async ValueTask<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var operation = new WriteOperation<T>(work, cancellation);
        Enqueue(operation);
        return await operation.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Does something in a transaction, for a caller that must not need a thread of the pool: its own waits.</summary>
    /// <exception cref="TimeoutException">It took too long; it may still happen.</exception>
    public T Write<T>(Func<WriteSession, T> work, TimeSpan timeout)
    {
        using var cancellation = new CancellationTokenSource();
        var operation = new WriteOperation<T>(work, cancellation.Token);
        Enqueue(operation);
        if (((IAsyncResult)operation.Task).AsyncWaitHandle.WaitOne(timeout))
            return operation.Task.GetAwaiter().GetResult();
        cancellation.Cancel();
        throw new TimeoutException($"The SQLite file '{file.Path}' was not written within {timeout:c}.");
    }

    /// <summary>Looks for the wakes of other processes, soon, on the writer's thread.</summary>
    /// <param name="done">Called there afterwards.</param>
    public void Look(Action done)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _looked = done;
            Start();
        }
        _signal.Release();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }
        _signal.Release();
        _thread?.Join();
        _signal.Dispose();
    }

    private void Enqueue(WriteOperation operation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _queue.Enqueue(operation);
            Start();
        }
        _signal.Release();
    }

    private void Start()
    {
        if (_thread is not null)
            return;
        _thread = new Thread(Run) { Name = "Scheduling.Sqlite writer", IsBackground = true };
        _thread.Start();
    }

    private void Run()
    {
        while (TakeGroup())
        {
            if (_group.Count > 0)
                Write();
            subscribers.Send(_foreign.Take());
        }
        Close();
    }

    /// <summary>Waits for something to do.</summary>
    /// <returns>False when the store is disposed and everything is written.</returns>
    private bool TakeGroup()
    {
        _group.Clear();
        _signal.Wait();
        Action? looked;
        bool ends;
        lock (_gate)
        {
            while (_group.Count < LargestGroup && _queue.TryDequeue(out var operation))
                _group.Add(operation);
            (looked, _looked) = (_looked, null);
            ends = _isDisposed && _group.Count == 0;
        }
        DropAbandoned();
        if (looked is not null && !ends)
            LookForWakes(looked);
        return !ends;
    }

    private void DropAbandoned()
    {
        foreach (var operation in _group)
        {
            if (operation.IsAbandoned)
                operation.Cancel();
        }
        _group.RemoveAll(static operation => operation.IsAbandoned);
    }

    private void Write()
    {
        try
        {
            var session = Open();
            session.Begin();
            foreach (var operation in _group.ToArray())
                Execute(session, operation);
            _foreign.Raise(session);
            _connection!.Run("COMMIT");
        }
        catch (Exception error)
        {
            FailGroup(error);
            return;
        }
        foreach (var operation in _group)
            operation.Complete();
        subscribers.Send(_session!.Wakes.Take());
    }

    /// <summary>Does one operation of the group; if it fails, the others stay.</summary>
    private void Execute(WriteSession session, WriteOperation operation)
    {
        var isAlone = _group.Count == 1;
        if (!isAlone)
            _connection!.Run("SAVEPOINT operation");
        try
        {
            operation.Execute(session);
        }
        catch (Exception error) when (!isAlone && IsOfOneOperation(error) && _connection!.IsInTransaction)
        {
            session.Abandon();
            _connection.Run("ROLLBACK TO operation");
            _group.Remove(operation);
            operation.Fail(error);
        }
        if (!isAlone)
            _connection!.Run("RELEASE operation");
    }

    /// <summary>Whether an error says something about the operation, such as a broken constraint, and nothing about the file.</summary>
    private static bool IsOfOneOperation(Exception error) => error is not SqliteStoreException { Problem: not SqliteProblem.Other };

    private void FailGroup(Exception error)
    {
        _session?.Abandon();
        _session?.Jobs.Forget();
        _session?.Wakes.Take();
        if (error is SqliteStoreException store && SqliteErrors.BreaksConnection(store))
            Close();
        else
            Rollback();
        foreach (var operation in _group)
            operation.Fail(error);
    }

    private void Rollback()
    {
        try
        {
            if (_connection is { IsInTransaction: true })
                _connection.Run("ROLLBACK");
        }
        catch (SqliteStoreException)
        {
            // The error that led here is the one to tell; a connection that cannot even roll back is given up.
            Close();
        }
    }

    private WriteSession Open()
    {
        if (_session is not null)
        {
            file.CheckPresent();
            return _session;
        }
        _connection ??= file.OpenWriter();
        Migrations.Apply(_connection, NodaTime.Instant.FromDateTimeOffset(time.GetUtcNow()));
        _session = new WriteSession(_connection, time, _ids);
        _foreign.Begin(_connection);
        file.IsReady = true;
        return _session;
    }

    private void LookForWakes(Action looked)
    {
        try
        {
            if (_session is not null)
                _foreign.Look(_connection!);
        }
        catch (SqliteStoreException)
        {
            // A look is a hint; whatever is wrong with the file, the next call tells it to somebody who waits for the answer.
            _foreign.Forget();
        }
        looked();
    }

    private void Close()
    {
        file.IsReady = false;
        _session = null;
        _connection?.Dispose();
        _connection = null;
    }
}
