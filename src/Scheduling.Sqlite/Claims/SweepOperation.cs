using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>One round of housekeeping, limited in size.</summary>
internal sealed class SweepOperation(WriteSession session, SweepRequest request, Instant now)
{
    private readonly List<FaultedJob> _parked = [];
    private int _reclaimed;
    private int _abandoned;
    private int _purged;
    private int _removed;
    private bool _hasMore;

    public SweepResponse Run()
    {
        if (request.ReclaimsOrphans && !(now > request.ClockBound))
        {
            ReclaimOrphans();
            if (request.ParksJobs)
                ParkUnresolved();
        }
        MarkCompleted();
        ClearTombstones();
        PurgeHistory();
        session.Pauses.DropEndedBefore(now - request.Retention, request.BatchSize);
        var zones = new ZoneWalking(session, request, now);
        zones.Run();
        return new SweepResponse
        {
            StoreNow = now,
            Reclaimed = _reclaimed,
            Abandoned = _abandoned,
            Purged = _purged,
            RemovedJobs = _removed,
            Parked = _parked,
            Zones = request.Planner.Zones.VersionId,
            ZonesBefore = zones.Before,
            NewerZones = zones.Newer,
            Revised = zones.Revised,
            HasMore = _hasMore || zones.HasMore,
        };
    }

    private void ReclaimOrphans()
    {
        foreach (var process in session.Processes.List())
        {
            if (process.LeaseUntil > now || process.Owner == request.Owner)
                continue;
            var runs = session.Runs.OfOwner(process.Owner, request.BatchSize);
            foreach (var (jobId, id) in runs)
                Orphan(jobId, id);
            if (runs.Count == request.BatchSize)
                _hasMore = true;
            else if (!IsPresent(process))
                session.Processes.Remove(process.Owner);
        }
    }

    private void Orphan(JobId jobId, ExecutionId id)
    {
        var job = session.Jobs.Load(jobId)!;
        if (job.Slice.Orphan(job.Slice.Find(id)!, now))
            _reclaimed++;
        else
            _abandoned++;
        session.Save(job, now);
    }

    /// <summary>Whether a process still counts for its executors: an idle one renews at its safety poll only, so its lease alone says little.</summary>
    private bool IsPresent(ProcessRow process) => process.Owner == request.Owner || process.LeaseUntil > now - request.ParkAfter;

    /// <summary>Jobs that have been due for long and whose executor nobody has: they stand still, visibly, until somebody has it.</summary>
    private void ParkUnresolved()
    {
        var bound = now - request.ParkAfter;
        var present = session.Processes.List().Where(IsPresent).SelectMany(static process => process.Executors).ToHashSet(StringComparer.Ordinal);
        for (var executor = NextExecutor(""); executor is not null && _parked.Count < request.BatchSize; executor = NextExecutor(executor))
        {
            if (present.Contains(executor) || session.Pauses.HoldingExecutor(executor, now) is not null)
                continue;
            var late = Ids(session.Connection.Query("due_late").Bind(executor).Bind(bound).Bind(bound).Bind((long)(request.BatchSize - _parked.Count)));
            foreach (var id in late)
                Park(id);
        }
        _hasMore |= _parked.Count == request.BatchSize;
    }

    private string? NextExecutor(string after)
    {
        var query = session.Connection.Query("turns_executor_after").Bind(after);
        var executor = query.Read() ? query.NextText() : null;
        query.Reset();
        return executor;
    }

    private void Park(JobId id)
    {
        var job = session.Jobs.Load(id)!;
        var fault = job.Slice.Park(now);
        session.Save(job, now);
        _parked.Add(new FaultedJob(job.Due.Tenant, id, fault));
    }

    /// <summary>Completed jobs go when their last row is as old as any that goes; one whose run is not finished is looked at again later.</summary>
    private void MarkCompleted()
    {
        var bound = now - request.Retention;
        var query = session.Connection.Query("due_completed_before").Bind(bound).Bind((long)request.BatchSize);
        var candidates = new List<(JobId Id, bool IsOpen, Instant? LastEnd)>();
        while (query.Read())
            candidates.Add((new JobId(query.NextGuid()), query.NextLong() > 0, query.NextInstantOrNull()));
        foreach (var (id, isOpen, lastEnd) in candidates)
        {
            var last = isOpen ? now : Later(lastEnd, LastEnd(id));
            if (last < bound)
                Delete(id);
            else
                session.Connection.Query("due_complete_at").Bind(last).Bind(id.Value).Run();
        }
        _hasMore |= candidates.Count == request.BatchSize;
    }

    private void Delete(JobId id)
    {
        var job = session.Jobs.Load(id)!;
        job.Slice.Delete(overdue: null, now);
        session.Connection.Query("jobs_delete").Bind(id.Value).Run();
        session.Save(job, now);
    }

    private Instant? LastEnd(JobId id)
    {
        var query = session.Connection.Query("executions_last_end").Bind(id.Value);
        Instant? end = query.Read() ? query.NextInstant() : null;
        query.Reset();
        return end;
    }

    private static Instant Later(Instant? one, Instant? other) => Instant.Max(one ?? Instant.MinValue, other ?? Instant.MinValue);

    /// <summary>Removes deleted jobs that run no more, with their history, as far as the batch goes.</summary>
    private void ClearTombstones()
    {
        var query = session.Connection.Query("due_tombstones").Bind((long)request.BatchSize);
        var tombstones = new List<(JobId Id, long Turn)>();
        while (query.Read())
            tombstones.Add((new JobId(query.NextGuid()), query.NextLong()));
        foreach (var (id, turn) in tombstones)
        {
            var room = request.BatchSize - _purged;
            session.Connection.Query("executions_clear_job").Bind(id.Value).Bind((long)room).Run();
            _purged += session.Connection.Changes;
            if (_purged == request.BatchSize)
                break;
            session.Connection.Query("due_remove").Bind(id.Value).Run();
            session.Connection.Query("jobs_remove").Bind(id.Value).Run();
            session.Turns.RearmTouched(now);
            session.Turns.RemoveIfUnused(turn);
            _removed++;
        }
        _hasMore |= _purged == request.BatchSize || tombstones.Count == request.BatchSize;
    }

    private void PurgeHistory()
    {
        if (_purged == request.BatchSize)
            return;
        _purged += session.Executions.PurgeEndedBefore(now - request.Retention, request.BatchSize - _purged);
        _hasMore |= _purged == request.BatchSize;
    }

    private static List<JobId> Ids(Statement query)
    {
        var ids = new List<JobId>();
        while (query.Read())
            ids.Add(new JobId(query.NextGuid()));
        return ids;
    }
}
