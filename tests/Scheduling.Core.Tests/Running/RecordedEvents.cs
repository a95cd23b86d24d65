using System.Collections.Concurrent;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>Notes what an engine tells.</summary>
internal sealed class RecordedEvents : IEngineEvents
{
    public ConcurrentQueue<(EngineState State, Exception? Cause)> States { get; } = new();

    public ConcurrentQueue<ClaimResponse> Claims { get; } = new();

    public ConcurrentQueue<ClaimedRun> Started { get; } = new();

    public ConcurrentQueue<(ClaimedRun Run, Settlement Result)> Ended { get; } = new();

    public ConcurrentQueue<ClaimedRun> Detached { get; } = new();

    public ConcurrentQueue<ClaimedRun> Lost { get; } = new();

    public ConcurrentQueue<SweepResponse> Sweeps { get; } = new();

    public void StateChanged(EngineState state, Exception? cause) => States.Enqueue((state, cause));

    public void Claimed(ClaimResponse claim, Duration elapsed) => Claims.Enqueue(claim);

    public void RunStarted(ClaimedRun run) => Started.Enqueue(run);

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed) => Ended.Enqueue((run, result));

    public void RunDetached(ClaimedRun run) => Detached.Enqueue(run);

    public void LeaseLost(ClaimedRun run) => Lost.Enqueue(run);

    public void Swept(SweepResponse sweep) => Sweeps.Enqueue(sweep);
}
