using NodaTime;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>One batch of the erasure of a tenant.</summary>
internal sealed class EraseOperation(WriteSession session, EraseTenantRequest request, Instant now)
{
    private readonly Connection _connection = session.Connection;
    private long _jobs;
    private long _executions;
    private long _events;

    public EraseTenantResponse Run()
    {
        EraseJobs();
        EraseHistory();
        var secrets = Delete("secrets_clear_tenant", request.BatchSize);
        var pauses = Delete("pauses_clear_tenant");
        session.Tenants.SetLimits(request.Tenant, TenantLimits.None);
        session.Pauses.Forget();
        session.Turns.TouchOf(request.Tenant, executor: null);
        return new EraseTenantResponse
        {
            Jobs = _jobs,
            Executions = _executions,
            Events = _events,
            Secrets = secrets,
            Pauses = pauses,
            Running = session.Tenants.CountRunning(request.Tenant),
            HasMore = _jobs == request.BatchSize || _executions >= request.BatchSize || secrets == request.BatchSize,
        };
    }

    private void EraseJobs()
    {
        var query = _connection.Query("jobs_some_of_tenant").Bind(request.Tenant.Value).Bind((long)request.BatchSize);
        var ids = new List<JobId>();
        while (query.Read())
            ids.Add(new JobId(query.NextGuid()));
        foreach (var id in ids)
            Erase(session.Jobs.Load(id)!);
        _jobs = ids.Count;
    }

    private void Erase(LockedJob job)
    {
        foreach (var run in job.Slice.Open.ToArray())
        {
            _events += run.EventCount;
            if (run.EventCount > 0)
                EventTable.Clear(_connection, run.Id);
            (run.EventCount, run.EventBytes, run.Progress, run.IsChanged) = (0, 0, null, true);
            if (run.Status != ExecutionStatus.Running)
            {
                _executions++;
                continue;
            }
            job.Slice.Cancel(run, reason: null, now);
            session.Wakes.Add(StoreWake.Cancel);
        }
        job.Slice.Delete(overdue: null, now);
        _connection.Query("jobs_delete").Bind(job.Due.Id.Value).Run();
        session.Save(job, now);
    }

    private void EraseHistory()
    {
        _events += _connection.Query("executions_events_of_tenant").Bind(request.Tenant.Value).Bind((long)request.BatchSize).ReadSingle() ?? 0;
        _executions += Delete("executions_clear_tenant", request.BatchSize);
    }

    private int Delete(string query, int? count = null)
    {
        var statement = _connection.Query(query).Bind(request.Tenant.Value);
        if (count is { } most)
            statement.Bind((long)most);
        statement.Run();
        return _connection.Changes;
    }
}
