using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>Every result gets the token that its execution has now, as if the statement that writes it did not ask for one.</summary>
internal sealed class TokenDroppedClaims(IClaimStore inner) : PassingClaims(inner)
{
    private readonly Dictionary<ExecutionId, long> _tokens = [];

    public override async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var response = await base.ClaimAsync(request with { Settlements = Renamed(request.Settlements) }, cancellationToken);
        foreach (var run in response.Runs)
            _tokens[run.Id] = run.Token;
        return response;
    }

    public override ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) =>
        base.SettleAsync(request with { Settlements = Renamed(request.Settlements) }, cancellationToken);

    private List<Settlement> Renamed(IReadOnlyList<Settlement> settlements) => [.. settlements.Select(settlement => new Settlement
    {
        Id = settlement.Id,
        Tenant = settlement.Tenant,
        JobId = settlement.JobId,
        Executor = settlement.Executor,
        Token = _tokens[settlement.Id],
        Kind = settlement.Kind,
        Status = settlement.Status,
        Reason = settlement.Reason,
        RetryAfter = settlement.RetryAfter,
        HadBegun = settlement.HadBegun,
        Message = settlement.Message,
        Error = settlement.Error,
        Report = settlement.Report,
    })];
}
