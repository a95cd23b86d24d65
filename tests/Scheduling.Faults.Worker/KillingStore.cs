using Scheduling.Storage;

namespace Scheduling.Faults;

/// <summary>A store that kills its process at a named point of the protocol.</summary>
internal sealed class KillingStore(ISchedulingStore inner, KillPoint point) : ISchedulingStore, IClaimStore, IAsyncDisposable
{
    public string Name => inner.Name;

    public StoreCapabilities Capabilities => inner.Capabilities;

    public IJobStore Jobs => inner.Jobs;

    public IExecutionStore Executions => inner.Executions;

    public IPauseStore Pauses => inner.Pauses;

    public ISecretStore Secrets => inner.Secrets;

    public IClaimStore Claims => this;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        KillIf(KillPoint.BeforeClaim);
        KillIf(KillPoint.BeforeSettle, request.Settlements.Count > 0);
        var response = await inner.Claims.ClaimAsync(request, cancellationToken);
        KillIf(KillPoint.AfterClaim, response.Runs.Count > 0);
        KillIf(KillPoint.AfterSettle, request.Settlements.Count > 0);
        return response;
    }

    public async ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken)
    {
        KillIf(KillPoint.BeforeSettle, request.Settlements.Count > 0);
        var response = await inner.Claims.SettleAsync(request, cancellationToken);
        KillIf(KillPoint.AfterSettle, request.Settlements.Count > 0);
        return response;
    }

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) => inner.Claims.RenewAsync(request, cancellationToken);

    public RenewResponse Renew(RenewRequest request) => inner.Claims.Renew(request);

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) => inner.Claims.SweepAsync(request, cancellationToken);

    public ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) => inner.Claims.LeaveAsync(owner, cancellationToken);

    public IDisposable Subscribe(Action<StoreWake> wake) => inner.Claims.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) => inner.Claims.InspectAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    private void KillIf(KillPoint here, bool when = true)
    {
        if (when && here == point)
            Suicide.Commit();
    }
}
