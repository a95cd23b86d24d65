using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>What an engine tells about its work, for logs, metrics and tests. Core writes no logs itself.</summary>
/// <remarks>Called on the engine's and the runs' threads, also at the same time; must return quickly. What it throws is not caught: an implementation that can fail guards itself.</remarks>
[Experimental("SCHED0001")]
public interface IEngineEvents
{
    /// <summary>The engine's state changed.</summary>
    /// <param name="state">The new state.</param>
    /// <param name="cause">What failed, for <see cref="EngineState.StoreUnavailable"/>; else null.</param>
    void StateChanged(EngineState state, Exception? cause);

    /// <summary>A claim was answered.</summary>
    /// <param name="claim">The answer.</param>
    /// <param name="elapsed">How long it took.</param>
    void Claimed(ClaimResponse claim, Duration elapsed);

    /// <summary>An attempt begins.</summary>
    /// <param name="run">The attempt.</param>
    void RunStarted(ClaimedRun run);

    /// <summary>An attempt ended; its result is not written yet.</summary>
    /// <param name="run">The attempt.</param>
    /// <param name="result">What is going to be written.</param>
    /// <param name="elapsed">How long it took.</param>
    void RunEnded(ClaimedRun run, Settlement result, Duration elapsed);

    /// <summary>An attempt went on after its token fired and the grace was over: it is settled without it, and its place stays taken until its task ends.</summary>
    /// <param name="run">The attempt.</param>
    void RunDetached(ClaimedRun run);

    /// <summary>An execution belongs to another process now, or to nobody: its token fires and its result is refused.</summary>
    /// <param name="run">The attempt.</param>
    void LeaseLost(ClaimedRun run);

    /// <summary>A round of housekeeping ended.</summary>
    /// <param name="sweep">What it did.</param>
    void Swept(SweepResponse sweep);

    /// <summary>The store answered results: from here on they stand, or are refused. Does nothing unless implemented.</summary>
    /// <param name="results">The results, in the order they were sent. The list is used again after the call.</param>
    /// <param name="outcomes">What the store made of each.</param>
    void Settled(IReadOnlyList<Settlement> results, IReadOnlyList<SettlementOutcome> outcomes)
    {
    }
}
