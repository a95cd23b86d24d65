using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>The deletion of one job. Lives for all attempts of the call, so that it knows its own deletion again when only the answer was lost.</summary>
internal sealed class JobDeletion(DeleteJobRequest request)
{
    private bool _wasSent;

    public async Task<bool> RunAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var (job, _) = await JobLookup.FindAsync(transaction, request.Tenant, request.Job, ct).ConfigureAwait(false);
        if (job is not { } id)
            return _wasSent;
        var slice = await JobLookup.LockAsync(transaction, id, ct).ConfigureAwait(false);
        slice.Delete(request.Overdue(slice.ToJob(), transaction.Now), transaction.Now);
        _wasSent = true;
        var batch = transaction.Batch().Add("delete_job", Param.Uuids([id.Value]), Param.Time(transaction.Now));
        SliceWriter.Add(batch, [slice], transaction.Now);
        TurnWriter.Add(batch, [new TurnKey(slice.Due.Tenant, slice.Due.Executor)], transaction.Now);
        await batch.Commit().ExecuteAsync(ct).ConfigureAwait(false);
        return true;
    }
}
