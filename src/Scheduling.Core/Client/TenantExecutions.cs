using System.Buffers.Binary;
using System.Globalization;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>One tenant's executions on a store.</summary>
internal sealed class TenantExecutions : ITenantExecutions
{
    private readonly IExecutionStore _store;
    private readonly TenantId _tenant;

    public TenantExecutions(IExecutionStore store, TenantId tenant) => (_store, _tenant) = (store, tenant);

    public async ValueTask<Page<Execution>> ListAsync(ExecutionQuery? query = null, CancellationToken ct = default)
    {
        query ??= new ExecutionQuery();
        ExecutionQuery.RequirePageSize(query.PageSize);
        ArgumentNullException.ThrowIfNull(query.Statuses, nameof(query));
        if (StatusesOf(query) is not { } statuses)
            return new Page<Execution>([], cursor: null);
        var question = string.Create(
            CultureInfo.InvariantCulture, $"executions\u001F{_tenant}\u001F{query.Job?.Id}\u001F{query.Job?.Key}\u001F{query.Executor}\u001F{string.Join(',', statuses.Select(static s => (byte)s))}");
        var before = PageCursor.Read(question, query.Cursor);
        var rows = await _store.ListAsync(RequestOf(query, statuses, before), ct).ConfigureAwait(false) ?? throw new JobNotFoundException(_tenant, query.Job!.Value);
        return rows.Count <= query.PageSize
            ? new Page<Execution>(rows, cursor: null)
            : new Page<Execution>([.. rows.Take(query.PageSize)], PageCursor.Write(question, rows[query.PageSize - 1].Id.Value));
    }

    public ValueTask<Execution?> GetAsync(ExecutionId id, CancellationToken ct = default) => _store.GetAsync(_tenant, id, ct);

    public async ValueTask<Page<RunEvent>?> ListEventsAsync(ExecutionId id, int pageSize = 100, string? cursor = null, CancellationToken ct = default)
    {
        ExecutionQuery.RequirePageSize(pageSize);
        var question = $"events\u001F{_tenant}\u001F{id}";
        var request = new ListRunEventsRequest { Tenant = _tenant, Execution = id, After = NumberOf(question, cursor), Size = pageSize + 1 };
        if (await _store.ListEventsAsync(request, ct).ConfigureAwait(false) is not { } rows)
            return null;
        if (rows.Count <= pageSize)
            return new Page<RunEvent>(rows, cursor: null);
        var last = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(last, rows[pageSize - 1].Number);
        return new Page<RunEvent>([.. rows.Take(pageSize)], PageCursor.Write(question, id.Value, last));
    }

    public async ValueTask<Execution?> CancelAsync(ExecutionId id, string? reason = null, CancellationToken ct = default)
    {
        var request = new CancelRequest { Tenant = _tenant, Id = id, Reason = StorableText.Clean(reason, Pause.MaximumTextLength) };
        return (await _store.CancelAsync(request, ct).ConfigureAwait(false))?.Execution;
    }

    private static int NumberOf(string question, string? cursor)
    {
        if (cursor is null)
            return 0;
        var number = PageCursor.ReadWithValue(question, cursor).Value is { Length: sizeof(int) } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes) : -1;
        return number >= 0 ? number : throw new InvalidCursorException(cursor);
    }

    /// <summary>The statuses asked for, none for all; null when no status is both asked for and allowed.</summary>
    private static ExecutionStatus[]? StatusesOf(ExecutionQuery query)
    {
        if (query.Status is not { } one)
            return [.. query.Statuses.Distinct().Order()];
        return query.Statuses.Count == 0 || query.Statuses.Contains(one) ? [one] : null;
    }

    // One row more than the page tells whether there is a next one.
    private ListExecutionsRequest RequestOf(ExecutionQuery query, ExecutionStatus[] statuses, Guid? before) => new()
    {
        Tenant = _tenant,
        Job = query.Job,
        Executor = query.Executor,
        Statuses = statuses,
        Before = before is { } id ? new ExecutionId(id) : null,
        Size = query.PageSize + 1,
    };
}
