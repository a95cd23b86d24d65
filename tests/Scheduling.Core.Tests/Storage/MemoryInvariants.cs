using Scheduling.Storage;

namespace Scheduling.Core.Tests.Storage;

/// <summary>The invariants of design section 6 inside the in-memory store, which a database checks by SQL.</summary>
internal static class MemoryInvariants
{
    public static void Check(MemoryState state)
    {
        lock (state.Gate)
        {
            foreach (var job in state.Jobs.Values)
                CheckJob(job);
            foreach (var run in state.Runs.Values)
                CheckRun(state, run);
            foreach (var tenant in state.Tenants)
                CheckTenant(state, tenant);
            foreach (var executor in state.Executors)
                Assert.Equal(state.Jobs.Values.Count(job => string.Equals(job.Definition.Executor, executor.Key, StringComparison.Ordinal)), executor.Jobs);
            Assert.All(state.Processes.Values, process => Assert.Equal(state.Runs.Values.Count(run => run.Status == ExecutionStatus.Running && run.Process == process), process.Running));
        }
    }

    private static void CheckJob(JobEntry job)
    {
        Assert.Equal(job.Definition.Executor, job.Turn.Executor.Key);
        Assert.Equal(job.DueAt != Ticks.None, job.HeapPlace > 0);
        Assert.Equal(job.JobState == JobState.Parked, job.Turn.Executor.Parked.Contains(job) && job.Pause is null);
        var open = new List<RunEntry>();
        for (var run = job.NewestOpen; run is not null; run = run.NextOfJob)
            open.Add(run);
        Assert.Equal((open.Count, open.Count(static run => run.Waits)), (job.Open, job.Waiting));
        Assert.True(job.Waiting == 0 || job.Waiting < job.Open, "Something waits for nothing.");
        Assert.All(open, run => Assert.True(run.Token <= job.Fence));
    }

    /// <summary>What is pending and does not wait is in its turn; what runs has a process.</summary>
    private static void CheckRun(MemoryState state, RunEntry run)
    {
        Assert.Equal(run.Status == ExecutionStatus.Pending && !run.Waits, run.HeapPlace > 0);
        if (run.Status == ExecutionStatus.Running)
            Assert.True(state.Processes.TryGetValue(run.Process!.Owner, out var process) && process == run.Process, "Runs without a process.");
    }

    /// <summary>All due work has a turn that comes no later, unless the tenant's limit holds it.</summary>
    private static void CheckTenant(MemoryState state, TenantEntry tenant)
    {
        Assert.Equal(state.Runs.Values.Count(run => run.Status == ExecutionStatus.Running && run.Job.Tenant == tenant), tenant.Running);
        foreach (var turn in tenant.Turns)
        {
            Assert.Equal(turn.TurnAt != Ticks.None, turn.HeapPlace > 0);
            var now = Ticks.Of(state.Now());
            var isPaused = state.Pauses.HoldingTenant(tenant.Id, turn.Executor.Key, state.Now()) is not null;
            if (turn.HeapPlace == 0 && turn.Earliest != Ticks.None)
                Assert.True(isPaused || (tenant.HeldUntil(now) > now && turn.HeldSince != Ticks.None), $"Work of '{tenant.Id}' for '{turn.Executor.Key}' has no turn.");
            if (turn.HeapPlace > 0 && isPaused)
                Assert.True(turn.TurnAt > now, $"The turn of '{tenant.Id}' comes although it is paused.");
            if (turn.HeapPlace > 0 && !isPaused && turn.HeldSince == Ticks.None)
                Assert.True(turn.TurnAt <= Math.Max(turn.Earliest, now), $"The turn of '{tenant.Id}' comes after its work.");
        }
    }
}
