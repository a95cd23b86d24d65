using NodaTime;

namespace Scheduling.Storage;

/// <summary>One round of housekeeping, limited in size. Needs the store's lock for its whole life.</summary>
internal sealed class MemorySweep(MemoryState state, SweepRequest request, Instant now)
{
    private readonly long _now = Ticks.Of(now);
    private readonly List<FaultedJob> _parked = [];
    private int _reclaimed;
    private int _abandoned;
    private int _cleared;
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
        RemoveCompleted();
        ClearTombstones();
        var zones = new MemoryZones(state, request.Planner, now);
        zones.Run();
        var oldest = Ticks.Of(now - request.Retention);
        state.Pauses.DropEndedBefore(now - request.Retention, request.BatchSize);
        var purged = state.History.DropEndedBefore(oldest, request.BatchSize, state);
        return new SweepResponse
        {
            StoreNow = now,
            Reclaimed = _reclaimed,
            Abandoned = _abandoned,
            Purged = purged + _cleared,
            RemovedJobs = _removed,
            Parked = _parked,
            Zones = request.Planner.Zones.VersionId,
            ZonesBefore = zones.Before,
            NewerZones = zones.Newer,
            Revised = zones.Revised,
            HasMore = _hasMore || purged == request.BatchSize,
        };
    }

    private void ReclaimOrphans()
    {
        foreach (var process in state.Processes.Values.Where(IsLost).ToArray())
        {
            if (process.Running > 0)
                OrphanRuns(process);
            if (process.Running == 0 && !IsPresent(process))
                state.Processes.Remove(process.Owner);
        }
    }

    /// <summary>Whether a process still counts for its executors: an idle one renews at its safety poll only, so its lease alone says little.</summary>
    private bool IsPresent(ProcessEntry process) => process.Owner == request.Owner || process.LeaseUntil > Ticks.Of(now - request.ParkAfter);

    private bool IsLost(ProcessEntry process) => !process.IsLive(_now) && process.Owner != request.Owner;

    private void OrphanRuns(ProcessEntry process)
    {
        foreach (var run in state.Runs.Values.Where(r => r.Status == ExecutionStatus.Running && r.Process == process).Take(request.BatchSize).ToArray())
        {
            if (MemoryRuns.Orphan(state, run, _now))
                _reclaimed++;
            else
                _abandoned++;
        }
        _hasMore |= process.Running > 0;
    }

    /// <summary>Jobs that have been due for long and whose executor nobody has: they stand still, visibly, until somebody has it.</summary>
    private void ParkUnresolved()
    {
        var bound = Ticks.Of(now - request.ParkAfter);
        foreach (var executor in state.Executors)
        {
            if (executor.Turns.PeekKey > bound || state.Pauses.HoldingExecutor(executor.Key, now) is not null || state.Processes.Values.Any(p => IsPresent(p) && p.Executors.Contains(executor.Key)))
                continue;
            var late = new List<JobEntry>();
            executor.Turns.VisitUpTo(bound, turn => Collect(turn, bound, late));
            foreach (var job in late)
                Park(job, executor.Key);
            _hasMore |= late.Count >= request.BatchSize;
        }
    }

    private bool Collect(TurnEntry turn, long bound, List<JobEntry> late)
    {
        turn.Due.VisitUpTo(bound, job =>
        {
            if (job.Pause is null)
                late.Add(job);
            return late.Count < request.BatchSize;
        });
        return late.Count < request.BatchSize;
    }

    private void Park(JobEntry job, string executor)
    {
        job.Fault = new JobFault
        {
            Reason = JobFaultReason.NoExecutor,
            Message = $"No node has the executor '{executor}': start one that registers it, or change the job's executor.",
            Since = now,
        };
        job.JobState = JobState.Parked;
        state.Place(job, _now);
        _parked.Add(new FaultedJob(job.Tenant.Id, job.Id, job.Fault));
    }

    /// <summary>Completed jobs go when their last row is as old as any that goes; one that was set anew meanwhile, or whose run is not finished, is looked at again later.</summary>
    private void RemoveCompleted()
    {
        var bound = Ticks.Of(now - request.Retention);
        for (var n = 0; state.Completed.TryPeek(out var id, out var at) && at < bound; n++)
        {
            if (n == request.BatchSize)
            {
                _hasMore = true;
                return;
            }
            state.Completed.Dequeue();
            if (state.Jobs.TryGetValue(id, out var job))
                RemoveIfCompleted(job, bound);
        }
    }

    private void RemoveIfCompleted(JobEntry job, long bound)
    {
        job.IsNotedCompleted = false;
        if (job.JobState != JobState.Completed)
            return;
        var last = job.Open > 0 ? _now : state.History.LastEnd(job);
        if (last < bound)
            state.Remove(job);
        else
            state.NoteCompleted(job, last);
    }

    private void ClearTombstones()
    {
        while (state.Tombstones.TryPeek(out var job))
        {
            if (_removed == request.BatchSize || !state.History.Clear(job, request.BatchSize, state, ref _cleared))
            {
                _hasMore = true;
                return;
            }
            state.Tombstones.Dequeue();
            _removed++;
        }
    }
}
