using NodaTime;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Jobs with their hot rows and open executions: found, read into slices and written back. Needs an open transaction.</summary>
internal sealed class JobTable(Connection connection, ExecutionIdSource ids, ReadyWork? ready = null)
{
    private const int HotJobs = 50_000;
    private const int CachedJobs = 200_000;
    private const long CachedPayloadBytes = 64 << 20;

    // Behind every id and key that can be.
    private static readonly Guid LastId = new(Enumerable.Repeat((byte)0xFF, 16).ToArray());
    private static readonly string LastKey = char.ConvertFromUtf32(0x10FFFF) + char.ConvertFromUtf32(0x10FFFF);

    private readonly StoredJobCache _cache = new(CachedJobs, CachedPayloadBytes);
    private readonly DefinitionTemplates _templates = new();
    private readonly Dictionary<JobId, Row> _hot = [];

    /// <summary>
    /// Whether jobs with open executions are kept as they were written, because what a claim starts is settled soon. Only for the connection that writes: it hears when another one has written (<see cref="ForgetHot"/>).
    /// </summary>
    public bool KeepsHot { get; init; }

    /// <summary>What was read inside a transaction that failed may never have been true.</summary>
    public void Forget()
    {
        _cache.Clear();
        ForgetHot();
    }

    /// <summary>Somebody else may have written jobs.</summary>
    public void ForgetHot() => _hot.Clear();

    public JobId? FindId(TenantId tenant, JobRef job)
    {
        var query = job.Key is { } key
            ? connection.Query("jobs_find_key").Bind(tenant.Value).Bind(key)
            : connection.Query("jobs_find_id").Bind(job.Id.Value).Bind(tenant.Value);
        JobId? found = query.Read() ? new JobId(query.NextGuid()) : null;
        query.Reset();
        return found;
    }

    public LockedJob? Find(TenantId tenant, JobRef job) => FindId(tenant, job) is { } id ? Load(id) : null;

    /// <summary>Some of a tenant's jobs in the order of creation or of their keys; a filter's plain conditions are applied, the rest is the caller's.</summary>
    public List<(JobId Id, string Key)> List(string query, TenantId tenant, JobFilter filter, JobPosition? after, int size)
    {
        var statement = connection.Query(query).Bind(tenant.Value);
        if (query.Contains("_key", StringComparison.Ordinal))
            statement.Bind(after?.Text ?? (query.EndsWith("descending", StringComparison.Ordinal) ? LastKey : ""));
        else
            statement.Bind(after?.Id.Value ?? (query.EndsWith("descending", StringComparison.Ordinal) ? LastId : Guid.Empty));
        statement.Bind(filter.Executor).Bind(filter.KeyPrefix ?? "").Bind((long)size);
        var jobs = new List<(JobId, string)>();
        while (statement.Read())
            jobs.Add((new JobId(statement.NextGuid()), statement.NextText()));
        return jobs;
    }

    public int Count(TenantId tenant) => (int)(connection.Query("jobs_count_all").Bind(tenant.Value).ReadSingle() ?? 0);

    /// <summary>Reads a job, a deleted one too, with its open executions.</summary>
    public LockedJob? Load(JobId id)
    {
        if (_hot.TryGetValue(id, out var hot))
            return new LockedJob(new JobSlice(hot.Due, hot.Runs, ids), hot.Turn, hot.Problem);
        var query = connection.Query("due_read").Bind(id.Value);
        var loaded = query.Read() ? Read(query, id) : null;
        query.Reset();
        return loaded is { } row ? Open(row) : null;
    }

    /// <summary>Reads the earliest jobs of a turn that are due.</summary>
    public List<LockedJob> LoadDue(long turn, Instant now, int count)
    {
        var query = connection.Query("due_next").Bind(turn).Bind(now).Bind((long)count);
        var rows = new List<Row>(count);
        while (query.Read())
        {
            if (Read(query, new JobId(query.NextGuid())) is { } row)
                rows.Add(row);
        }
        return rows.ConvertAll(Open);
    }

    public LockedJob Create(Job job, long turn)
    {
        var due = DueRow.Of(job);
        JobColumns.Insert(connection, due);
        connection.Query("due_insert").Bind(job.Id.Value).Bind(turn).Run();
        return new LockedJob(new JobSlice(due, [], ids), turn) { IsNew = true };
    }

    /// <summary>Writes what the slice says.</summary>
    public void Save(LockedJob job, Instant now)
    {
        foreach (var run in job.Slice.Removed)
            Remove(run, leavesNothing: job.Due.IsDeleted);
        foreach (var run in job.Slice.Open)
        {
            if (run.IsNew || run.IsChanged)
                Write(run, job.Turn);
        }
        foreach (var (execution, reported) in job.Slice.Events)
            EventTable.Add(connection, execution, reported);
        foreach (var row in job.Slice.History)
            ExecutionColumns.Write(connection, row);
        if (job.IsDefinitionChanged)
            JobColumns.Update(connection, job.Due);
        DueColumns.Write(connection, job, now);
        Keep(job);
    }

    private void Write(RunRow run, long turn)
    {
        RunColumns.Write(connection, run, turn);
        if (run.ReadyAt is not null)
            ready?.Note();
    }

    private void Keep(LockedJob job)
    {
        if (!KeepsHot)
            return;
        if (job.Due.Open == 0 || job.Due.IsDeleted)
        {
            _hot.Remove(job.Due.Id);
            return;
        }
        if (_hot.Count >= HotJobs)
            _hot.Clear();
        foreach (var run in job.Slice.Open)
            (run.IsNew, run.IsChanged) = (false, false);
        _hot[job.Due.Id] = new Row(job.Due, job.Turn, job.Slice.Open, job.Problem);
    }

    // The history takes over the events of a run, unless it ends without a row in it.
    private void Remove(RunRow run, bool leavesNothing)
    {
        connection.Query("runs_remove").Bind(run.JobId.Value).Bind(run.Id.Value).Run();
        if (leavesNothing && run.EventCount > 0)
            EventTable.Clear(connection, run.Id);
    }

    private Row? Read(Statement row, JobId id)
    {
        var head = DueColumns.ReadHead(row);
        if (Stored(id, head.Version) is not { } job)
            return null;
        var due = DueColumns.Read(row, id, head, job);
        if (job.Problem is { } problem && due.Fault is null)
            Break(due, problem);
        return new Row(due, head.Turn, [], job.Problem);
    }

    // The row is not written for that: the next claim, edit or pause does, and reading shows the same until then.
    private static void Break(DueRow due, string problem)
    {
        due.Fault = new JobFault { Reason = JobFaultReason.Unreadable, Message = StorableText.Clean(problem, 1_024)!, Since = due.UpdatedAt };
        due.State = Planning.JobStates.Of(due.Definition.Schedule, due.Pause, due.Fault, due.NextSlot);
    }

    private StoredJob? Stored(JobId id, long version)
    {
        if (_cache.TryGet(id, version, out var known))
            return known;
        var query = connection.Query("jobs_read").Bind(id.Value);
        var job = query.Read() ? JobColumns.Read(query, _templates) : null;
        query.Reset();
        if (job is not null)
            _cache.Add(id, job);
        return job;
    }

    private LockedJob Open(Row row)
    {
        if (row.Due.Open == 0)
            return new LockedJob(new JobSlice(row.Due, [], ids), row.Turn, row.Problem);
        var query = connection.Query("runs_of_job").Bind(row.Due.Id.Value);
        var runs = new List<RunRow>();
        while (query.Read())
            runs.Add(RunColumns.Read(query));
        return new LockedJob(new JobSlice(row.Due, runs, ids), row.Turn, row.Problem);
    }

    private readonly record struct Row(DueRow Due, long Turn, IReadOnlyList<RunRow> Runs, string? Problem);
}
