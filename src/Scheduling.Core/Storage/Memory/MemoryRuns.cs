using NodaTime;

namespace Scheduling.Storage;

/// <summary>The moves of an open execution: added, started, made pending, ended. Each keeps the counters, links and turns right. Needs the store's lock.</summary>
internal static class MemoryRuns
{
    private const int PoisonousStarts = 3;

    public static void Add(MemoryState state, RunEntry run)
    {
        state.Runs.Add(run.Id, run);
        run.NextOfJob = run.Job.NewestOpen;
        run.Job.NewestOpen = run;
        run.Job.Open++;
        if (run.Waits)
            run.Job.Waiting++;
        else if (run.Status == ExecutionStatus.Pending)
            run.Job.Turn.Pending.Set(run, run.ReadyAt);
    }

    /// <summary>Leases an execution to a process; the start counts from here.</summary>
    public static void Start(RunEntry run, ProcessEntry process, long claimNumber, long now)
    {
        var job = run.Job;
        job.Turn.Pending.Remove(run);
        run.Status = ExecutionStatus.Running;
        run.Reason = ExecutionReason.None;
        run.StartedAt = now;
        run.ReadyAt = Ticks.None;
        run.Attempt++;
        run.LostStarts++;
        run.Token = ++job.Fence;
        run.IsTokenVoid = false;
        run.Process = process;
        run.ClaimNumber = claimNumber;
        run.JobVersion = job.Version;
        run.Executor = job.Definition.Executor;
        process.Running++;
        job.Tenant.CountStart(now);
    }

    /// <summary>A running execution goes back to pending; or ends when its end was asked for or its job is deleted.</summary>
    public static void MakePending(MemoryState state, RunEntry run, ExecutionReason reason, long readyAt, long now)
    {
        Release(state, run, now);
        if (run.IsCancelRequested || run.Job.IsDeleted)
        {
            End(state, run, ExecutionStatus.Cancelled, run.IsCancelRequested ? ExecutionReason.CancelRequested : ExecutionReason.Deleted, now);
            return;
        }
        run.Status = ExecutionStatus.Pending;
        run.Reason = reason;
        run.ReadyAt = readyAt;
        run.Job.Turn.Pending.Set(run, readyAt);
        state.Rearm(run.Job.Turn, now);
    }

    /// <summary>The process of a running execution is lost: it starts again, unless the job forbids it or it looks like the cause.</summary>
    /// <returns>Whether it became pending.</returns>
    public static bool Orphan(MemoryState state, RunEntry run, long now)
    {
        run.IsTokenVoid = true;
        if (run.Job.Definition.Orphans == Policies.OrphanPolicy.Abandon || run.LostStarts >= PoisonousStarts)
        {
            var reason = run.LostStarts >= PoisonousStarts ? ExecutionReason.Poisoned : ExecutionReason.NodeLost;
            End(state, run, ExecutionStatus.Abandoned, reason, now);
            return false;
        }
        MakePending(state, run, ExecutionReason.Reclaimed, now, now);
        return run.Status == ExecutionStatus.Pending;
    }

    /// <summary>Takes in what a run reported; its token is the one that has it.</summary>
    public static void Report(RunEntry run, RunReport? report)
    {
        if (report is not null && !run.Job.IsDeleted)
            (run.Notes ??= new RunNotes()).Add(report);
    }

    /// <summary>Moves an execution into the history and lets the next waiting one of its job go.</summary>
    public static void End(MemoryState state, RunEntry run, ExecutionStatus status, ExecutionReason reason, long now)
    {
        if (run.Status == ExecutionStatus.Running)
            Release(state, run, now);
        run.Status = status;
        run.Reason = reason;
        Unlink(state, run);
        var job = run.Job;
        if (run.Attempt > 0)
            job.LastRun.Take(run, now);
        if (status.IsSuccess() && (job.LastSuccessAt == Ticks.None || job.LastSuccessAt < run.StartedAt))
            job.LastSuccessAt = run.StartedAt;
        if (!job.IsDeleted)
            Write(state, run, now);
        if (Unchain(run) is { } next)
            Let(state, next, now);
        else
            ReleaseWaiting(state, job, now);
        state.Spare(run);
    }

    /// <summary>Lets the oldest waiting execution of a job go when nothing else of the job is open.</summary>
    private static void ReleaseWaiting(MemoryState state, JobEntry job, long now)
    {
        if (job.Waiting == 0 || job.Open != job.Waiting)
            return;
        RunEntry? oldest = null;
        for (var run = job.NewestOpen; run is not null; run = run.NextOfJob)
            oldest = run.Waits ? run : oldest;
        Let(state, oldest!, now);
    }

    /// <summary>Takes an ended execution out of its chain.</summary>
    /// <returns>The one behind it, when it waited for this one only.</returns>
    private static RunEntry? Unchain(RunEntry run)
    {
        var (before, behind) = (run.PreviousInChain, run.NextInChain);
        (run.PreviousInChain, run.NextInChain) = (null, null);
        if (before is not null)
            before.NextInChain = behind;
        if (behind is not null)
            behind.PreviousInChain = before;
        return before is null && behind is { Waits: true } ? behind : null;
    }

    private static void Let(MemoryState state, RunEntry run, long now)
    {
        run.Waits = false;
        run.ReadyAt = now;
        run.Job.Waiting--;
        run.Job.Turn.Pending.Set(run, now);
        state.Rearm(run.Job.Turn, now);
    }

    private static void Release(MemoryState state, RunEntry run, long now)
    {
        var tenant = run.Job.Tenant;
        run.Process!.Running--;
        tenant.Running--;
        run.Status = ExecutionStatus.Pending;
        if (tenant.Limits.MaximumRunning is not null)
            state.RearmTenant(tenant, now);
    }

    private static void Unlink(MemoryState state, RunEntry run)
    {
        var job = run.Job;
        state.Runs.Remove(run.Id);
        job.Turn.Pending.Remove(run);
        if (job.NewestOpen == run)
        {
            job.NewestOpen = run.NextOfJob;
        }
        else
        {
            var before = job.NewestOpen!;
            while (before.NextOfJob != run)
                before = before.NextOfJob!;
            before.NextOfJob = run.NextOfJob;
        }
        job.Open--;
        if (run.Waits)
            job.Waiting--;
    }

    private static void Write(MemoryState state, RunEntry run, long now)
    {
        ref var row = ref state.History.Append(run.Job, run.Id, now, state);
        row.Executor = run.Executor.Length > 0 ? run.Executor : run.Job.Definition.Executor;
        row.Trigger = run.Trigger;
        row.Status = run.Status;
        row.Reason = run.Reason;
        row.Slots = run.Slots;
        row.DueAt = run.DueAt;
        row.CreatedAt = run.CreatedAt;
        row.StartedAt = run.StartedAt;
        row.EndedAt = now;
        row.Attempt = run.Attempt;
        row.Token = run.Token;
        row.IsTokenVoid = run.IsTokenVoid;
        row.Process = run.Process;
        row.JobVersion = run.JobVersion;
        row.Message = run.Message;
        row.Error = run.Error;
        row.CancelRequestedAt = run.CancelRequestedAt;
        row.CancelReason = run.CancelReason;
        row.IdempotencyKey = run.IdempotencyKey;
        row.Notes = run.Notes;
    }
}
