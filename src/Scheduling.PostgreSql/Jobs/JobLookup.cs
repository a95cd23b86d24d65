using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>Finds one job of a tenant, and locks it: first its turn, then its row, as everybody does.</summary>
internal static class JobLookup
{
    /// <summary>Looks without a lock, also for the pauses that the tenant's jobs are shown with.</summary>
    public static async Task<(JobId? Job, PauseBook Pauses)> FindAsync(StoreTransaction transaction, TenantId tenant, JobRef job, CancellationToken ct)
    {
        var batch = transaction.Batch().Add("pauses_of_tenant", Param.Time(transaction.TestNow), Param.Text(tenant.Value));
        batch = job.Key is { } key
            ? batch.Add("find_job_by_key", Param.Text(tenant.Value), Param.Text(key))
            : batch.Add("find_job_by_id", Param.Text(tenant.Value), Param.Uuid(job.Id.Value));
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var pauses = await PauseColumns.ReadBookAsync(reader, ct).ConfigureAwait(false);
            return (await reader.ReadAsync(ct).ConfigureAwait(false) ? new JobId(reader.Row.UuidAt(0)) : null, pauses);
        }
    }

    /// <summary>Locks a job that was found.</summary>
    /// <exception cref="MovedException">It was deleted or moved to another executor between the look and the lock.</exception>
    public static async Task<JobSlice> LockAsync(StoreTransaction transaction, JobId job, CancellationToken ct)
    {
        var batch = transaction.Batch().Add("lock_turns_of_jobs", Param.Uuids([job.Value]));
        LockedJobs.AddTo(batch, [job.Value], withDefinitions: true);
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var turns = await ReadTurnsAsync(reader, ct).ConfigureAwait(false);
            var jobs = new LockedJobs(transaction.Ids);
            await jobs.ReadAsync(reader, withDefinitions: true, transaction.Now, ct).ConfigureAwait(false);
            if (!jobs.Slices.TryGetValue(job, out var slice) || slice.Due.IsDeleted || !turns.Contains(new TurnKey(slice.Due.Tenant, slice.Due.Executor)))
                throw new MovedException();
            return slice;
        }
    }

    /// <summary>Reads which turns were locked; afterwards the reader stands at the next statement's answer.</summary>
    public static async Task<HashSet<TurnKey>> ReadTurnsAsync(SqlResults reader, CancellationToken ct)
    {
        var turns = new HashSet<TurnKey>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
            turns.Add(new TurnKey(new TenantId(reader.Row.TextAt(0)), reader.Row.TextAt(1)));
        await reader.NextAsync(ct).ConfigureAwait(false);
        return turns;
    }
}
