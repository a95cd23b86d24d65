using Scheduling.Running;

namespace Scheduling.Tests.Running;

public sealed class ThreadTimerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Callback_OfAThreadTimer_IsNotOnThePool()
    {
        var isPool = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new ThreadTimer("test", () => isPool.TrySetResult(Thread.CurrentThread.IsThreadPoolThread));

        timer.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

        Assert.False(await isPool.Task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Change_FromTheCallback_RunsItAgain()
    {
        var calls = 0;
        var three = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadTimer? timer = null;
        timer = new ThreadTimer("test", () =>
        {
            if (++calls == 3)
                three.TrySetResult();
            else
                timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        });

        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await three.Task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        timer.Dispose();
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Change_ToSooner_WakesTheWait()
    {
        var rang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new ThreadTimer("test", () => rang.TrySetResult());
        timer.Change(TimeSpan.FromDays(40), Timeout.InfiniteTimeSpan);

        timer.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);

        await rang.Task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Change_AfterDispose_DoesNothing()
    {
        var timer = new ThreadTimer("test", static () => Assert.Fail("It is disposed."));
        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void Change_WithAPeriod_IsRefused()
    {
        using var timer = new ThreadTimer("test", static () => { });

        Assert.Throws<NotSupportedException>(() => timer.Change(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
    }
}
