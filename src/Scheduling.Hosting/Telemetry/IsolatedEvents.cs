using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>Tells several observers of the engine's work. None of them can harm the engine or another one by throwing.</summary>
internal sealed class IsolatedEvents(IEnumerable<IEngineEvents> observers, ObserverGuard guard) : IEngineEvents
{
    private readonly IEngineEvents[] _observers = [.. observers];

    public void StateChanged(EngineState state, Exception? cause)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.StateChanged(state, cause);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }

    public void Claimed(ClaimResponse claim, Duration elapsed)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.Claimed(claim, elapsed);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }

    public void RunStarted(ClaimedRun run)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.RunStarted(run);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.RunEnded(run, result, elapsed);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }

    public void RunDetached(ClaimedRun run)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.RunDetached(run);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }

    public void LeaseLost(ClaimedRun run)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.LeaseLost(run);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }

    public void Swept(SweepResponse sweep)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.Swept(sweep);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }

    public void Settled(IReadOnlyList<Settlement> results, IReadOnlyList<SettlementOutcome> outcomes)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.Settled(results, outcomes);
            }
            catch (Exception failure)
            {
                guard.Failed(failure);
            }
        }
    }
}
