using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Storage;

/// <summary>Writes the result of one attempt, idempotently: only the token that has the execution is heard. Needs the store's lock.</summary>
internal static class MemorySettlement
{
    public static SettlementOutcome Apply(MemoryState state, Settlement settlement, long now)
    {
        if (!state.Runs.TryGetValue(settlement.Id, out var run))
            return WasWritten(state, settlement) ? SettlementOutcome.Repeated : SettlementOutcome.LeaseLost;
        if (run.Token != settlement.Token)
            return SettlementOutcome.LeaseLost;
        if (run.Status != ExecutionStatus.Running)
            return run.IsTokenVoid ? SettlementOutcome.LeaseLost : SettlementOutcome.Repeated;
        Write(state, run, settlement, now);
        return SettlementOutcome.Accepted;
    }

    /// <summary>A stopping process, or one that never heard of the run, gives it back: no lost start, and no attempt unless the work had begun.</summary>
    public static void HandBack(MemoryState state, RunEntry run, bool hadBegun, long now)
    {
        run.LostStarts--;
        if (!hadBegun)
            run.Attempt--;
        if (run.Attempt == 0)
            run.StartedAt = Ticks.None;
        MemoryRuns.MakePending(state, run, ExecutionReason.HandedBack, now, now);
    }

    private static void Write(MemoryState state, RunEntry run, Settlement settlement, long now)
    {
        MemoryRuns.Report(run, settlement.Report);
        if (settlement.Kind == SettlementKind.HandBack)
        {
            HandBack(state, run, settlement.HadBegun, now);
            return;
        }
        run.LostStarts = 0;
        run.Message = settlement.Message;
        run.Error = settlement.Error;
        if (settlement.Kind == SettlementKind.End)
        {
            MemoryRuns.End(state, run, settlement.Status, settlement.Reason, now);
            return;
        }
        run.Failures++;
        run.FailureReason = settlement.Reason;
        run.FailureStatus = settlement.Status.IsTerminal() ? settlement.Status : ExecutionStatus.Failed;
        MemoryRuns.MakePending(state, run, ExecutionReason.Retry, now + Duration.Min(Duration.Max(settlement.RetryAfter, Duration.Zero), RetryPolicy.LongestDelay).BclCompatibleTicks, now);
    }

    private static bool WasWritten(MemoryState state, Settlement settlement)
    {
        var number = state.History.Find(settlement.Id);
        if (number == 0)
            return false;
        ref var row = ref state.History.Row(number);
        return row.Token == settlement.Token && !row.IsTokenVoid;
    }
}
