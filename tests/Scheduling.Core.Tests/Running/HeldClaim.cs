using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>A claim whose answer the test gives.</summary>
internal sealed class HeldClaim(ClaimRequest request, IClaimStore inner)
{
    private readonly TaskCompletionSource<ClaimResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ClaimResponse? _response;

    public ClaimRequest Request => request;

    public Task<ClaimResponse> Answer => _answer.Task;

    /// <summary>The store does the work and answers.</summary>
    public async Task AnswerAsync()
    {
        await DoAsync();
        Answered();
    }

    /// <summary>The store does the work; the answer is on its way.</summary>
    public async Task DoAsync() => _response ??= await inner.ClaimAsync(request, CancellationToken.None);

    /// <summary>The answer to what was done arrives.</summary>
    public void Answered() => _answer.SetResult(_response!);

    /// <summary>The store answers that another claim had all the work locked.</summary>
    public void AnswerNothing(Instant now) => _answer.SetResult(new ClaimResponse
    {
        StoreNow = now,
        LeaseUntil = now + request.Lease,
        Runs = [],
        Settled = [.. request.Settlements.Select(static _ => SettlementOutcome.Accepted)],
        NextWake = now + Duration.FromMilliseconds(5),
    });

    /// <summary>The claim does not reach the store.</summary>
    public void Fail() => _answer.SetException(new IOException($"claim {request.Number} did not reach the store"));

    /// <summary>The store does the work, and the answer is lost.</summary>
    public async Task LoseAsync()
    {
        await inner.ClaimAsync(request, CancellationToken.None);
        _answer.SetException(new IOException($"the answer to claim {request.Number} was lost"));
    }
}
