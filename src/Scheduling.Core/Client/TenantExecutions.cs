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
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, ExecutionQuery.MaximumPageSize, nameof(query));
        var question = string.Create(CultureInfo.InvariantCulture, $"executions\u001F{_tenant}\u001F{query.Job?.Id}\u001F{query.Job?.Key}\u001F{(byte?)query.Status}");
        var before = PageCursor.Read(question, query.Cursor);
        var rows = await _store.ListAsync(RequestOf(query, before), ct).ConfigureAwait(false) ?? throw new JobNotFoundException(_tenant, query.Job!.Value);
        return rows.Count <= query.PageSize
            ? new Page<Execution>(rows, cursor: null)
            : new Page<Execution>([.. rows.Take(query.PageSize)], PageCursor.Write(question, rows[query.PageSize - 1].Id.Value));
    }

    public ValueTask<Execution?> GetAsync(ExecutionId id, CancellationToken ct = default) => _store.GetAsync(_tenant, id, ct);

    public async ValueTask<Execution?> CancelAsync(ExecutionId id, string? reason = null, CancellationToken ct = default)
    {
        var request = new CancelRequest { Tenant = _tenant, Id = id, Reason = StorableText.Clean(reason, Pause.MaximumTextLength) };
        return (await _store.CancelAsync(request, ct).ConfigureAwait(false))?.Execution;
    }

    // One row more than the page tells whether there is a next one.
    private ListExecutionsRequest RequestOf(ExecutionQuery query, Guid? before) => new()
    {
        Tenant = _tenant,
        Job = query.Job,
        Status = query.Status,
        Before = before is { } id ? new ExecutionId(id) : null,
        Size = query.PageSize + 1,
    };
}
