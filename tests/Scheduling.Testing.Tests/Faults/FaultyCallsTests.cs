namespace Scheduling.Testing.Tests.Faults;

/// <summary>When a call of a harness's node counts as in the store: as long as it does, time stands.</summary>
public sealed class FaultyCallsTests
{
    // A renewal that a store answers on a thread of its own was taken for one at rest before it had set the next renewal; the harness then moved time on, and the node lost its lease for nothing.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Do_AnsweredLater_CountsAsInTheStoreUntilItsCallerIsAtRest(bool isLost, bool isFailed)
    {
        var calls = new FaultyCalls(new Schedule());
        if (isLost)
            calls.Add(new FaultRule(StoreCall.Renew, StoreFault.LosesAnswer, times: 1));
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool? wasInStore = null;
        var caller = CallAsync(calls, answer.Task, () => wasInStore = calls.IsInStore);
        Assert.True(calls.IsInStore);

        if (isFailed)
            answer.SetException(new InvalidOperationException("The disk is full."));
        else
            answer.SetResult(1);
        await caller;

        // This goes on where the caller did, in the middle of the call's end.
        await Task.Yield();
        Assert.True(wasInStore);
        Assert.True(SpinWait.SpinUntil(() => !calls.IsInStore, TimeSpan.FromSeconds(30)));
    }

    private static async Task CallAsync(FaultyCalls calls, Task<int> answer, Action goOn)
    {
        try
        {
            await calls.DoAsync(StoreCall.Renew, answer, static (later, _) => new ValueTask<int>(later), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What it was does not matter: the caller goes on either way.
        }
        goOn();
    }

    private sealed class Schedule : IStoreCallSchedule
    {
        public bool GivesWay => false;

        public bool IsGone => false;

        public void Resume(TaskCompletionSource waiting) => waiting.TrySetResult();

        public void Changed()
        {
        }

        public void Written(Job job)
        {
        }
    }
}
