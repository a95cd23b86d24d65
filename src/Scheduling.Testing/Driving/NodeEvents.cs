using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>Hears of one engine's work: for the transcript, and to know which user code is under way and when the next work is due.</summary>
internal sealed class NodeEvents(string node, ManualTimeProvider time, NodeMotion motion, Transcript transcript) : IEngineEvents
{
    private int _hasResults;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ExecutionId, long), Flow> _flows = [];

    /// <summary>When the next work is due, on the monotonic clock, as the last claim said; the greatest value for none.</summary>
    public long NextWork { get; private set; } = long.MaxValue;

    /// <summary>Whether the last claim said all there is to say about the next work.</summary>
    public bool KnowsNextWork { get; private set; }

    public int ActiveRuns
    {
        get
        {
            lock (_lock)
                return _flows.Count;
        }
    }

    /// <summary>Takes the note that results wait to be written.</summary>
    public bool TakeResults() => Volatile.Read(ref _hasResults) == 1 && Interlocked.Exchange(ref _hasResults, 0) == 1;

    public void StateChanged(EngineState state, Exception? cause)
    {
        KnowsNextWork = false;
        transcript.Add(new TranscriptEntry(time.Now, node, TranscriptEvent.State, state, cause));
    }

    public void Claimed(ClaimResponse claim, Duration elapsed)
    {
        NextWork = claim.NextWake is { } wake ? time.GetTimestamp() + (wake - claim.StoreNow).BclCompatibleTicks : long.MaxValue;
        KnowsNextWork = claim is { HasMore: false, LacksPlaces: false };
        foreach (var gap in claim.Gaps)
            transcript.Add(new TranscriptEntry(claim.StoreNow, node, TranscriptEvent.Gap, gap.JobId, gap.Gap));
        foreach (var fault in claim.Faults)
            transcript.Add(new TranscriptEntry(claim.StoreNow, node, TranscriptEvent.Fault, fault.JobId, fault.Fault));
    }

    public void RunStarted(ClaimedRun run)
    {
        transcript.Know(run.JobId, run.Tenant, run.Definition.Key!);
        transcript.Add(new TranscriptEntry(time.Now, node, TranscriptEvent.Start, run, null));
        var flow = new Flow(motion, run);
        lock (_lock)
            _flows[(run.Id, run.Token)] = flow;
        flow.Begin();

        // What the run does from here on belongs to its flow: the caller goes straight on to user code.
        Flow.Current = flow;
    }

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed)
    {
        transcript.Add(new TranscriptEntry(time.Now, node, TranscriptEvent.End, run, result));

        // Before the flow ends: a run that ends on another thread wakes its engine only after this, and time must not move in between.
        Volatile.Write(ref _hasResults, 1);
        End(run);
    }

    public void RunDetached(ClaimedRun run)
    {
        transcript.Add(new TranscriptEntry(time.Now, node, TranscriptEvent.Detached, run, null));
        End(run);
    }

    public void LeaseLost(ClaimedRun run)
    {
        transcript.Add(new TranscriptEntry(time.Now, node, TranscriptEvent.LeaseLost, run, null));
        End(run);
    }

    public void Swept(SweepResponse sweep)
    {
        if (sweep.Reclaimed + sweep.Abandoned + sweep.Parked.Count + sweep.Unparked > 0)
            transcript.Add(new TranscriptEntry(sweep.StoreNow, node, TranscriptEvent.Sweep, sweep, null));
    }

    private void End(ClaimedRun run)
    {
        Flow? flow;
        lock (_lock)
            _flows.Remove((run.Id, run.Token), out flow);
        flow?.End();
    }
}
