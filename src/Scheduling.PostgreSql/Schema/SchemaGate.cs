using Scheduling.PostgreSql.Connections;

namespace Scheduling.PostgreSql.Schema;

/// <summary>
/// Lets no call through to the tables before they are what this version needs: the first one looks, and makes them if it may. Success is remembered, a failure is the caller's, and the next call
/// looks again. Thread-safe.
/// </summary>
internal sealed class SchemaGate(Database database)
{
    private readonly Lock _starting = new();
    private volatile bool _isOpen;
    private Task? _opening;

    /// <summary>Waits until the schema is ready; callers at the same time share one look at it.</summary>
    /// <exception cref="PostgreSqlSchemaException">It is not, and may not be made so.</exception>
    public ValueTask PassAsync(CancellationToken ct) => _isOpen ? ValueTask.CompletedTask : new ValueTask(Opening().WaitAsync(ct));

    /// <summary>The same on the calling thread, which must not wait for what others do.</summary>
    /// <exception cref="PostgreSqlSchemaException">It is not, and may not be made so.</exception>
    public void PassHere()
    {
        if (_isOpen)
            return;
        new SchemaMigrator(database).RunHere();
        _isOpen = true;
    }

    /// <summary>Looks again, whatever was seen before.</summary>
    /// <exception cref="PostgreSqlSchemaException">The schema is not what is needed, and may not be made so.</exception>
    public async ValueTask OpenAsync(CancellationToken ct)
    {
        await new SchemaMigrator(database).RunAsync(ct).ConfigureAwait(false);
        _isOpen = true;
    }

    // One caller that gives up must not take the others' look with it, so it has no token but its own deadline.
    private Task Opening()
    {
        lock (_starting)
        {
            if (_opening is null or { IsCompleted: true })
                _opening = Task.Run(() => OpenAsync(CancellationToken.None).AsTask());
            return _opening;
        }
    }
}
