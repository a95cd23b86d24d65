using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>Numbers attempts by those that have ended: one that was lost with its node never counts.</summary>
internal sealed class LateAttemptClaims(IClaimStore inner) : PassingClaims(inner)
{
    private readonly Dictionary<ExecutionId, int> _ended = [];

    public override async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var response = await base.ClaimAsync(request, cancellationToken);
        Count(request.Settlements, response.Settled);
        return response with { Runs = [.. response.Runs.Select(Numbered)] };
    }

    public override async ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken)
    {
        var response = await base.SettleAsync(request, cancellationToken);
        Count(request.Settlements, response.Outcomes);
        return response;
    }

    private void Count(IReadOnlyList<Settlement> settlements, IReadOnlyList<SettlementOutcome> outcomes)
    {
        for (var i = 0; i < settlements.Count; i++)
        {
            if (outcomes[i] == SettlementOutcome.Accepted && (settlements[i].Kind != SettlementKind.HandBack || settlements[i].HadBegun))
                _ended[settlements[i].Id] = _ended.GetValueOrDefault(settlements[i].Id) + 1;
        }
    }

    private ClaimedRun Numbered(ClaimedRun run) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Definition = run.Definition,
        JobVersion = run.JobVersion,
        Trigger = run.Trigger,
        Slots = run.Slots,
        DueAt = run.DueAt,
        StartedAt = run.StartedAt,
        Lag = run.Lag,
        Attempt = _ended.GetValueOrDefault(run.Id) + 1,
        Failures = run.Failures,
        Token = run.Token,
        EventCount = run.EventCount,
        EventBytes = run.EventBytes,
        PreviousRun = run.PreviousRun,
        LastSuccessAt = run.LastSuccessAt,
    };
}
