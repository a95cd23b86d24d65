using NodaTime;
using Scheduling.Planning;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>One write of one job. Lives for all attempts of the call, so that it knows its own change again when only the answer was lost.</summary>
internal sealed class JobWriting(WriteJobRequest request, Guid change)
{
    private PauseBook _pauses = new();
    private bool _wasSent;

    public async Task<WriteJobResponse> RunAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var (job, pauses) = await JobLookup.FindAsync(transaction, request.Tenant, request.Job, ct).ConfigureAwait(false);
        _pauses = pauses;
        if (job is not { } id)
            return request.Create is null ? new WriteJobResponse { Outcome = WriteJobOutcome.NotFound } : await CreateAsync(transaction, ct).ConfigureAwait(false);
        var slice = await JobLookup.LockAsync(transaction, id, ct).ConfigureAwait(false);
        if (_wasSent && await IsWrittenAsync(transaction, id, ct).ConfigureAwait(false))
            return new WriteJobResponse { Outcome = slice.Due.Version == 1 ? WriteJobOutcome.Created : WriteJobOutcome.Changed, Job = _pauses.Show(slice.ToJob(), transaction.Now) };
        return request.Edit is null ? Answer(WriteJobOutcome.Exists, slice, transaction.Now) : await EditAsync(transaction, slice, ct).ConfigureAwait(false);
    }

    private async Task<WriteJobResponse> CreateAsync(StoreTransaction transaction, CancellationToken ct)
    {
        if (request.MaximumJobs is { } maximum && await CountAsync(transaction, ct).ConfigureAwait(false) is var count && count >= maximum)
            return new WriteJobResponse { Outcome = WriteJobOutcome.TooMany, JobCount = count };
        var row = DueRow.Of(Cut(request.Create!(transaction.Now)));
        _wasSent = true;
        var sooner = new SoonerWork(row, transaction);
        var batch = sooner.AddTo(transaction.Batch())
            .Add("share_tenant", Param.Text(row.Tenant.Value))
            .Add("add_turn", Param.Time(transaction.Now), Param.Text(row.Tenant.Value), Param.Text(row.Executor), Param.Time(row.DueAt))
            .Add(
                "insert_job",
                [
                    .. JobColumns.Parameters(row, change),
                    Param.Short((short)row.State),
                    Param.Time(row.DueAt),
                    Param.Time(row.NextSlot),
                    Param.Time(row.NextStart),
                    Param.Time(row.LastSlot),
                    Param.Time(row.Pause?.Since),
                    Param.Text(row.Pause?.Reason),
                    Param.Time(row.State == JobState.Completed ? transaction.Now : null),
                ])
            .Commit();
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await sooner.HearAsync(reader, ct).ConfigureAwait(false);

            // Nothing was inserted when somebody made a job of that key meanwhile: the next attempt meets it.
            await reader.NextAsync(ct).ConfigureAwait(false);
            if (!await reader.ReadAsync(ct).ConfigureAwait(false))
                throw new MovedException();
            await reader.FinishAsync(ct).ConfigureAwait(false);
        }
        return new WriteJobResponse { Outcome = WriteJobOutcome.Created, Job = _pauses.Show(row.ToJob(lastRun: null), transaction.Now) };
    }

    /// <summary>Counts the tenant's jobs; the lock lets its other counted creations wait until this one is committed.</summary>
    private async Task<int> CountAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var tenant = request.Tenant.Value;
        var reader = await transaction.Batch().Add("lock_tenant", Param.Text(tenant)).Add("count_jobs_of_tenant", Param.Text(tenant)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.NextAsync(ct).ConfigureAwait(false);
            await reader.ReadAsync(ct).ConfigureAwait(false);
            return reader.Row.IntAt(0);
        }
    }

    private async Task<WriteJobResponse> EditAsync(StoreTransaction transaction, JobSlice slice, CancellationToken ct)
    {
        if (request.ExpectedVersion is { } expected && expected != slice.Due.Version)
            return Answer(WriteJobOutcome.VersionConflict, slice, transaction.Now);
        var executor = slice.Due.Executor;
        var edit = request.Edit!(slice.ToJob(), transaction.Now);
        if (!edit.IsChange)
            return new WriteJobResponse { Outcome = WriteJobOutcome.Unchanged, Job = _pauses.Show(edit.Job, transaction.Now) };
        slice.Edit(edit with { Job = Cut(edit.Job) }, transaction.Now);
        _wasSent = true;
        var sooner = new SoonerWork(slice.Due, transaction);
        var batch = sooner.AddTo(transaction.Batch());
        if (!string.Equals(executor, slice.Due.Executor, StringComparison.Ordinal))
        {
            batch
                .Add("share_tenant", Param.Text(slice.Due.Tenant.Value))
                .Add("add_turn", Param.Time(transaction.Now), Param.Text(slice.Due.Tenant.Value), Param.Text(slice.Due.Executor), Param.Time(slice.Due.DueAt));
        }
        batch.Add("update_job", JobColumns.Parameters(slice.Due, change));
        SliceWriter.Add(batch, [slice], transaction.Now);
        TurnWriter.Add(batch, TurnsOf(slice, executor), transaction.Now);
        var reader = await batch.Commit().ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await sooner.HearAsync(reader, ct).ConfigureAwait(false);
            await reader.FinishAsync(ct).ConfigureAwait(false);
        }
        return Answer(WriteJobOutcome.Changed, slice, transaction.Now);
    }

    private static HashSet<TurnKey> TurnsOf(JobSlice slice, string executorBefore) =>
        [new TurnKey(slice.Due.Tenant, executorBefore), new TurnKey(slice.Due.Tenant, slice.Due.Executor)];

    private async Task<bool> IsWrittenAsync(StoreTransaction transaction, JobId id, CancellationToken ct)
    {
        var reader = await transaction.Batch().Add("job_changed_by", Param.Uuid(id.Value), Param.Uuid(change)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await reader.ReadAsync(ct).ConfigureAwait(false) && reader.Row.BoolAt(0);
    }

    private WriteJobResponse Answer(WriteJobOutcome outcome, JobSlice slice, Instant now) => new() { Outcome = outcome, Job = _pauses.Show(slice.ToJob(), now) };

    /// <summary>The job as it will be read back: the database keeps microseconds.</summary>
    private static Job Cut(Job job) => job with
    {
        Anchor = StoredTime.Cut(job.Anchor),
        Pause = job.Pause is { } pause ? pause with { Since = StoredTime.Cut(pause.Since), Until = StoredTime.Cut(pause.Until) } : null,
    };
}
