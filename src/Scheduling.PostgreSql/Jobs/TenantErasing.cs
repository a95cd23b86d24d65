using Scheduling.Policies;
using Scheduling.PostgreSql.Claims;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>One batch of the erasure of a tenant: each kind of rows in a transaction of its own.</summary>
internal sealed class TenantErasing(Database database, EraseTenantRequest request)
{
    private long _jobs;
    private long _executions;
    private long _events;

    public async ValueTask<EraseTenantResponse> RunAsync(CancellationToken ct)
    {
        await database.RunAsync(EraseJobsAsync, ct).ConfigureAwait(false);
        var rows = await database.RunAsync(EraseRowsAsync, ct).ConfigureAwait(false);
        var limits = await GetLimitsAsync(ct).ConfigureAwait(false);
        if (limits != TenantLimits.None)
            await database.RunAsync((transaction, ended) => PgJobStore.SetLimitsAsync(transaction, request.Tenant, TenantLimits.None, ended), ct).ConfigureAwait(false);
        return rows with
        {
            Jobs = _jobs,
            Executions = _executions + rows.Executions,
            Events = _events + rows.Events,
            HasMore = rows.HasMore || _jobs == request.BatchSize,
        };
    }

    private async Task EraseJobsAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var batch = transaction.Batch().Add("find_jobs_of_tenant", Param.Text(request.Tenant.Value), Param.Int(request.BatchSize));
        var found = await JobMoves.FindAsync(batch, ct).ConfigureAwait(false);
        (_jobs, _executions, _events) = (found.Count, 0, 0);
        if (found.Count == 0)
            return;
        await JobMoves.RunAsync(
            transaction,
            found,
            (slices, writes) =>
            {
                (_executions, _events) = (0, 0);
                foreach (var slice in slices.Where(static slice => !slice.Due.IsDeleted))
                    Erase(slice, writes, transaction);
                writes.Add("delete_job", Param.Uuids(slices.Select(static slice => slice.Due.Id.Value)), Param.Time(transaction.Now));
                return Task.CompletedTask;
            },
            ct).ConfigureAwait(false);
    }

    private void Erase(JobSlice slice, SqlBatch writes, StoreTransaction transaction)
    {
        foreach (var run in slice.Open.ToArray())
        {
            _events += run.EventCount;
            if (run.EventCount > 0)
                writes.Add("clear_events", Param.Uuids([run.Id.Value]));
            (run.EventCount, run.EventBytes, run.Progress, run.IsChanged) = (0, 0, new RunProgress(), true);
            if (run.Status == ExecutionStatus.Running)
            {
                slice.Cancel(run, reason: null, transaction.Now);
                transaction.NoteCancel();
            }
            else
            {
                _executions++;
            }
        }
        slice.Delete(overdue: null, transaction.Now);
    }

    private async Task<EraseTenantResponse> EraseRowsAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var (tenant, size) = (request.Tenant.Value, request.BatchSize);
        var reader = await transaction.Batch()
            .Add("erase_history", Param.Text(tenant), Param.Int(size))
            .Add("erase_secrets", Param.Text(tenant), Param.Int(size))
            .Add("erase_pauses", Param.Text(tenant))
            .Commit()
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadAsync(ct).ConfigureAwait(false);
            var (executions, events) = (reader.Row.LongAt(0), reader.Row.LongAt(1));
            await reader.NextAsync(ct).ConfigureAwait(false);
            await reader.ReadAsync(ct).ConfigureAwait(false);
            var secrets = reader.Row.LongAt(0);
            await reader.NextAsync(ct).ConfigureAwait(false);
            await reader.ReadAsync(ct).ConfigureAwait(false);
            return new EraseTenantResponse
            {
                Executions = executions,
                Events = events,
                Secrets = secrets,
                Pauses = reader.Row.LongAt(0),
                Running = reader.Row.IntAt(1),
                HasMore = executions == size || secrets == size,
            };
        }
    }

    private async ValueTask<TenantLimits> GetLimitsAsync(CancellationToken ct) => (await new PgJobStore(database).GetTenantAsync(request.Tenant, ct).ConfigureAwait(false)).Limits;
}
