using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>What is due is decided by the clock of the node that asks. The store in memory answers at once, so nobody else sees that clock.</summary>
internal sealed class NodeClockClaims(IClaimStore inner, SkewedClock clock, Func<string, Duration> skewOf) : PassingClaims(inner)
{
    public override ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        clock.Skew = skewOf(request.Node).ToTimeSpan();
        try
        {
            return base.ClaimAsync(request, cancellationToken);
        }
        finally
        {
            clock.Skew = TimeSpan.Zero;
        }
    }
}
