using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>A claim whose answer the test gives.</summary>
internal sealed class HeldClaim(ClaimRequest request, IClaimStore inner)
{
    private readonly TaskCompletionSource<ClaimResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClaimRequest Request => request;

    public Task<ClaimResponse> Answer => _answer.Task;

    /// <summary>The store does the work and answers.</summary>
    public async Task AnswerAsync() => _answer.SetResult(await inner.ClaimAsync(request, CancellationToken.None));

    /// <summary>The claim does not reach the store.</summary>
    public void Fail() => _answer.SetException(new IOException($"claim {request.Number} did not reach the store"));

    /// <summary>The store does the work, and the answer is lost.</summary>
    public async Task LoseAsync()
    {
        await inner.ClaimAsync(request, CancellationToken.None);
        _answer.SetException(new IOException($"the answer to claim {request.Number} was lost"));
    }
}
