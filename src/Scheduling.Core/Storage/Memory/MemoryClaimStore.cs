using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>The engine's side of an in-memory store: one lock is held for each call, and no wake is sent inside it.</summary>
internal sealed class MemoryClaimStore(MemoryState state) : IClaimStore
{
    // An idle process renews at its safety poll only, which is at most this far away.
    private const long LongestPoll = 60 * TimeSpan.TicksPerSecond;

    public ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ClaimResponse response;
        StoreWake wake;
        lock (state.Gate)
        {
            var now = state.Now();
            var settled = Settle(request.Settlements, now);
            var process = Touch(request.Owner, request.Node, request.Executors, request.Lease, now);
            response = new MemoryClaim(state, request, now, process).Run(settled);
            
            // What this claim armed it has looked at itself; another process may have to hear of it.
            wake = state.Processes.Count == 1 ? state.Wakes.Take() & ~StoreWake.Work : state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(response);
    }

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Renew(request));
    }

    public RenewResponse Renew(RenewRequest request)
    {
        RenewResponse response;
        StoreWake wake;
        lock (state.Gate)
        {
            var now = state.Now();
            var executors = request.Executors.Select(static key => new ExecutorCapacity(key, 0)).ToArray();
            var process = Touch(request.Owner, request.Node, executors, request.Lease, now);
            response = Renewed(request, process, now);
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return response;
    }

    public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SettleResponse response;
        StoreWake wake;
        lock (state.Gate)
        {
            var now = state.Now();
            response = new SettleResponse { StoreNow = now, Outcomes = Settle(request.Settlements, now) };
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(response);
    }

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SweepResponse response;
        StoreWake wake;
        lock (state.Gate)
        {
            response = new MemorySweep(state, request, state.Now()).Run();
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.FromResult(response);
    }

    public ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoreWake wake;
        lock (state.Gate)
        {
            if (state.Processes.Remove(owner, out var process) && process.Running > 0)
                OrphanAll(process, Ticks.Of(state.Now()));
            wake = state.Wakes.Take();
        }
        state.Wakes.Send(wake);
        return ValueTask.CompletedTask;
    }

    public IDisposable Subscribe(Action<StoreWake> wake) => state.Wakes.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (state.Gate)
            return ValueTask.FromResult(Status(state.Now()));
    }

    private SettlementOutcome[] Settle(IReadOnlyList<Settlement> settlements, Instant now)
    {
        if (settlements.Count == 0)
            return [];
        var outcomes = new SettlementOutcome[settlements.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = MemorySettlement.Apply(state, settlements[i], Ticks.Of(now));
        return outcomes;
    }

    /// <summary>Renews the process's row, or makes it; parked jobs find their executors.</summary>
    private ProcessEntry Touch(OwnerId owner, string node, IReadOnlyList<ExecutorCapacity> executors, Duration lease, Instant now)
    {
        if (!state.Processes.TryGetValue(owner, out var process))
            state.Processes[owner] = process = new ProcessEntry(owner, node);
        process.LeaseUntil = Ticks.Of(now + lease);
        foreach (var executor in executors)
        {
            process.Executors.Add(executor.Key);
            Unpark(executor.Key, Ticks.Of(now));
        }
        return process;
    }

    private void Unpark(string executor, long now)
    {
        var parked = state.ExecutorOf(executor).Parked;
        if (parked.Count == 0)
            return;
        foreach (var job in parked.ToArray())
        {
            job.Fault = null;
            job.JobState = JobStates.Of(job.Definition.Schedule, job.Pause, fault: null, Ticks.ToInstantOrNull(job.NextSlot));
            state.Place(job, now);
        }
    }

    private RenewResponse Renewed(RenewRequest request, ProcessEntry process, Instant now)
    {
        var ticks = Ticks.Of(now);
        foreach (var report in request.Reports)
        {
            if (state.Runs.TryGetValue(report.Id, out var run) && run.Status == ExecutionStatus.Running && run.Process == process && run.Token == report.Token)
                MemoryRuns.Report(run, report);
        }
        var known = request.Known.ToDictionary(static held => held.Id, static held => held.Token);
        var cancels = new List<CancelNotice>();
        var strays = new List<RunEntry>();
        foreach (var run in state.Runs.Values)
        {
            if (run.Status != ExecutionStatus.Running || run.Process != process)
                continue;
            if (known.TryGetValue(run.Id, out var token) && token == run.Token)
            {
                known.Remove(run.Id);
                if (run.IsCancelRequested)
                    cancels.Add(new CancelNotice(run.Id, run.CancelReason));
            }
            else if (run.ClaimNumber <= request.AnsweredClaims)
            {
                strays.Add(run);
            }
        }
        foreach (var stray in strays)
            MemorySettlement.HandBack(state, stray, hadBegun: false, ticks);
        return new RenewResponse
        {
            StoreNow = now,
            LeaseUntil = Ticks.ToInstant(process.LeaseUntil),
            Lost = [.. known.Select(static pair => new HeldRun(pair.Key, pair.Value))],
            CancelRequested = cancels,
            Strays = strays.Count,
        };
    }

    private void OrphanAll(ProcessEntry process, long now)
    {
        foreach (var run in state.Runs.Values.Where(r => r.Status == ExecutionStatus.Running && r.Process == process).ToArray())
            MemoryRuns.Orphan(state, run, now);
    }

    private StoreStatus Status(Instant now)
    {
        var ticks = Ticks.Of(now);
        var oldest = Ticks.None;
        var live = state.Processes.Values.Where(p => p.LeaseUntil > ticks - LongestPoll).ToArray();
        var without = new List<string>();
        foreach (var executor in state.Executors)
        {
            if (state.Pauses.HoldingExecutor(executor.Key, now) is null)
                executor.Turns.VisitUpTo(ticks, turn =>
                {
                    oldest = Math.Min(oldest, turn.Earliest);
                    return true;
                });
            if (executor.Jobs > 0 && !state.Processes.Values.Any(p => p.Executors.Contains(executor.Key)))
                without.Add(executor.Key);
        }
        without.Sort(StringComparer.Ordinal);
        return new StoreStatus
        {
            StoreNow = now,
            OldestDue = oldest <= ticks ? Ticks.ToInstant(oldest) : null,
            OpenExecutions = state.Runs.Count,
            LiveProcesses = live.Length,
            ExecutorsWithoutNode = without,
            Pauses = MemoryPauseStore.List(state, new ListPausesRequest { Size = StoreStatus.MaximumPauses }),
            ParkedJobs = state.Executors.Sum(static e => e.Parked.Count),
        };
    }
}
