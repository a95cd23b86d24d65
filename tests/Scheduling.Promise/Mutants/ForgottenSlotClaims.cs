using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>The last slot of no job is kept: only the clock says which slot is next.</summary>
internal sealed class ForgottenSlotClaims(InMemoryStore store) : PassingClaims(store.Claims)
{
    public override async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var response = await base.ClaimAsync(request, cancellationToken);
        lock (store.State.Gate)
        {
            foreach (var job in store.State.Jobs.Values)
                job.LastSlot = Ticks.None;
        }
        return response;
    }
}
