using NodaTime;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Writes the results of attempts, idempotently.</summary>
internal static class Settling
{
    public static SettlementOutcome[] Settle(WriteSession session, IReadOnlyList<Settlement> settlements, Instant now)
    {
        if (settlements.Count == 0)
            return [];
        var outcomes = new SettlementOutcome[settlements.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = Settle(session, settlements[i], now);
        return outcomes;
    }

    private static SettlementOutcome Settle(WriteSession session, Settlement settlement, Instant now)
    {
        if (session.Jobs.Load(settlement.JobId) is not { } job || job.Slice.Settle(settlement, now) is not { } outcome)
            return OutcomeOfEnded(session, settlement);
        if (outcome == SettlementOutcome.Accepted)
            session.Save(job, now);
        return outcome;
    }

    private static SettlementOutcome OutcomeOfEnded(WriteSession session, Settlement settlement) =>
        session.Executions.TokenOf(settlement.Tenant, settlement.Id) is { } ended
            ? JobSlice.OutcomeOfEnded(settlement, ended.Token, ended.IsVoid)
            : SettlementOutcome.LeaseLost;
}
