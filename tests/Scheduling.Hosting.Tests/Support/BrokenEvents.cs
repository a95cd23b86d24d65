using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting.Tests;

/// <summary>An observer that always throws.</summary>
internal sealed class BrokenEvents : IEngineEvents
{
    public void StateChanged(EngineState state, Exception? cause) => throw new InvalidOperationException("the observer is broken");

    public void Claimed(ClaimResponse claim, Duration elapsed) => throw new InvalidOperationException("the observer is broken");

    public void RunStarted(ClaimedRun run) => throw new InvalidOperationException("the observer is broken");

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed) => throw new InvalidOperationException("the observer is broken");

    public void RunDetached(ClaimedRun run) => throw new InvalidOperationException("the observer is broken");

    public void LeaseLost(ClaimedRun run) => throw new InvalidOperationException("the observer is broken");

    public void Swept(SweepResponse sweep) => throw new InvalidOperationException("the observer is broken");
}
