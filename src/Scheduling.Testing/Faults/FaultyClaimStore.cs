using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>The engine's side of a store behind a line that may be cut.</summary>
internal sealed class FaultyClaimStore(IClaimStore inner, FaultyCalls calls) : IClaimStore
{
    public ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Claim, (inner, request), static (s, ct) => s.inner.ClaimAsync(s.request, ct), cancellationToken);

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Renew, (inner, request), static (s, ct) => s.inner.RenewAsync(s.request, ct), cancellationToken);

    public RenewResponse Renew(RenewRequest request) => calls.Do(StoreCall.Renew, () => inner.Renew(request));

    public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Settle, (inner, request), static (s, ct) => s.inner.SettleAsync(s.request, ct), cancellationToken);

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Sweep, (inner, request), static (s, ct) => s.inner.SweepAsync(s.request, ct), cancellationToken);

    public async ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) =>
        await calls.DoAsync(
            StoreCall.Leave,
            (inner, owner),
            static async (s, ct) =>
            {
                await s.inner.LeaveAsync(s.owner, ct).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public IDisposable Subscribe(Action<StoreWake> wake) => inner.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) =>
        calls.DoAsync(StoreCall.Inspect, inner, static (s, ct) => s.InspectAsync(ct), cancellationToken);
}
