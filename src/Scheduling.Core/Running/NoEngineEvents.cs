using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Listens to nothing.</summary>
internal sealed class NoEngineEvents : IEngineEvents
{
    public static NoEngineEvents Instance { get; } = new();

    public void StateChanged(EngineState state, Exception? cause)
    {
    }

    public void Claimed(ClaimResponse claim, Duration elapsed)
    {
    }

    public void RunStarted(ClaimedRun run)
    {
    }

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed)
    {
    }

    public void RunDetached(ClaimedRun run)
    {
    }

    public void LeaseLost(ClaimedRun run)
    {
    }

    public void Swept(SweepResponse sweep)
    {
    }
}
