using NodaTime;
using Npgsql;
using Scheduling.Policies;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>Jobs and tenants in PostgreSQL, as people write them.</summary>
internal sealed class PgJobStore(Database database) : IJobStore
{
    public ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken cancellationToken)
    {
        var writing = new JobWriting(request, UuidV7.Create(SystemNow()));
        return database.RunAsync(writing.RunAsync, cancellationToken);
    }

    public ValueTask<Job?> GetAsync(TenantId tenant, JobRef job, CancellationToken cancellationToken) => database.RunAsync(
        async (transaction, ct) =>
        {
            var jobs = await JobReading.ReadAsync(
                transaction,
                tenant,
                batch => job.Key is { } key
                    ? batch.Add("get_job_by_key", Param.Text(tenant.Value), Param.Text(key))
                    : batch.Add("get_job_by_id", Param.Text(tenant.Value), Param.Uuid(job.Id.Value)),
                ct).ConfigureAwait(false);
            return jobs.Count == 0 ? null : jobs[0];
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<Job>> ListAsync(ListJobsRequest request, CancellationToken cancellationToken) => database.RunAsync(
        async (transaction, ct) => (IReadOnlyList<Job>)await JobReading.ReadAsync(
            transaction, request.Tenant, batch => JobListing.AddTo(batch, request, transaction.TestNow), ct).ConfigureAwait(false),
        cancellationToken);

    public ValueTask<IReadOnlyList<JobCount>> CountAsync(TenantId tenant, CancellationToken cancellationToken) => database.RunAsync(
        async (transaction, ct) =>
        {
            var counts = new List<JobCount>();
            var reader = await transaction.Batch().Add("count_jobs", Param.Time(transaction.TestNow), Param.Text(tenant.Value)).Commit().ReadAsync(ct).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(ct).ConfigureAwait(false))
                    counts.Add(CountOf(reader.Row));
            }
            return (IReadOnlyList<JobCount>)counts;
        },
        cancellationToken);

    public ValueTask<bool> DeleteAsync(DeleteJobRequest request, CancellationToken cancellationToken)
    {
        var deletion = new JobDeletion(request);
        return database.RunAsync(deletion.RunAsync, cancellationToken);
    }

    public ValueTask<EraseTenantResponse> EraseAsync(EraseTenantRequest request, CancellationToken cancellationToken) => new TenantErasing(database, request).RunAsync(cancellationToken);

    public ValueTask SetLimitsAsync(TenantId tenant, TenantLimits limits, CancellationToken cancellationToken) => database.RunAsync(
        (transaction, ct) => SetLimitsAsync(transaction, tenant, limits, ct), cancellationToken);

    public ValueTask<TenantState> GetTenantAsync(TenantId tenant, CancellationToken cancellationToken) => database.RunAsync(
        async (transaction, ct) =>
        {
            var reader = await transaction.Batch().Add("get_tenant", Param.Text(tenant.Value)).ReadAsync(ct).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(ct).ConfigureAwait(false);
                var columns = reader.Row;
                var (running, heldSince) = (columns.Int(), columns.TimeOrNull());
                return new TenantState { Running = running, HeldSince = heldSince, Limits = TenantColumns.ReadLimits(ref columns) };
            }
        },
        cancellationToken);

    /// <summary>Waits until nothing is on its way for the tenant, then counts: from here on every claim and every result keeps the number.</summary>
    internal static async Task SetLimitsAsync(StoreTransaction transaction, TenantId tenant, TenantLimits limits, CancellationToken ct)
    {
        var name = tenant.Value;
        await transaction.Batch()
            .Add("lock_tenant", Param.Text(name))
            .Add("set_limits", Param.Text(name))
            .Add("lock_turns_of_tenant", Param.Text(name))
            .Add("lock_running_of_tenant", Param.Text(name))
            .ExecuteAsync(ct).ConfigureAwait(false);
        transaction.NoteWork(elsewhere: true);
        await transaction.Batch()
            .Add("write_limits", Param.Text(name), Param.Int(limits.MaximumRunning), Param.Int(limits.MaximumRate?.Runs), Param.LongOrNull(limits.MaximumRate?.Per.ToInt64Nanoseconds()))
            .Add("release_limits", Param.Text(name), Param.Time(transaction.Now))
            .Commit()
            .ExecuteAsync(ct).ConfigureAwait(false);
    }

    private static JobCount CountOf(ColumnReader columns) => new()
    {
        Executor = columns.Text(),
        State = (JobState)columns.Short(),
        LastStatus = (ExecutionStatus?)columns.ShortOrNull(),
        Count = columns.Long(),
    };

    private static Instant SystemNow() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
