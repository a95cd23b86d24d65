using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>Passes every call on; a mutant changes what it must.</summary>
internal abstract class PassingClaims(IClaimStore inner) : IClaimStore
{
    public virtual ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => inner.ClaimAsync(request, cancellationToken);

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) => inner.RenewAsync(request, cancellationToken);

    public RenewResponse Renew(RenewRequest request) => inner.Renew(request);

    public virtual ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) => inner.SettleAsync(request, cancellationToken);

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) => inner.SweepAsync(request, cancellationToken);

    public ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) => inner.LeaveAsync(owner, cancellationToken);

    public IDisposable Subscribe(Action<StoreWake> wake) => inner.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) => inner.InspectAsync(cancellationToken);
}
