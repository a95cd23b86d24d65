using System.Diagnostics;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>A store's claims without the engine around them: one after another, each with the results of the one before.</summary>
internal static class ClaimLoop
{
    public sealed record Outcome(double RunsPerSecond, double CpuMicroseconds);

    /// <summary>Claims and settles until nothing is due.</summary>
    /// <param name="store">The store, full of jobs that are due once.</param>
    /// <param name="jobs">How many they are.</param>
    /// <param name="batch">The places of each claim.</param>
    public static async Task<Outcome> RunAsync(ISchedulingStore store, int jobs, int batch)
    {
        var request = new ClaimRequest
        {
            Owner = OwnerId.New(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())),
            Node = "loop",
            Number = 0,
            Executors = [new ExecutorCapacity("work", batch)],
            Free = batch,
            Lease = Duration.FromSeconds(30),
            Planner = new DuePlanner(),
        };
        IReadOnlyList<Settlement> settlements = [];
        var (began, cpu, runs) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime, 0);
        do
        {
            request = request with { Number = request.Number + 1, Settlements = settlements };
            var response = await store.Claims.ClaimAsync(request, default);
            runs += response.Runs.Count;
            settlements = [.. response.Runs.Select(SettlementOf)];
        }
        while (settlements.Count > 0);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var spent = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        return runs == jobs ? new Outcome(runs / seconds, spent.TotalMicroseconds / runs) : throw new InvalidOperationException($"{runs} runs for {jobs} jobs.");
    }

    private static Settlement SettlementOf(ClaimedRun run) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = run.Definition.Executor,
        Token = run.Token,
        Kind = SettlementKind.End,
        Status = ExecutionStatus.Succeeded,
    };
}
