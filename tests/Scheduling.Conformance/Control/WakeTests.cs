using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Wakes: hints for the loop. Only stores that say they send them are held to it.</summary>
public abstract class WakeTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public void Capabilities_AreWhatTheFixtureExpects() => Assert.Equal(Fixture.Capabilities, Store.Capabilities);

    [Fact]
    public async Task RunNow_WakesForWork()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));

        await WakesAsync(StoreWake.Work, async () => await Acme.RunNowAsync("job"));
    }

    [Fact]
    public async Task Create_DueSoonerThanAnything_WakesForWork()
    {
        await EveryAsync(Duration.FromHours(1));

        await WakesAsync(StoreWake.Work, async () => await EveryAsync(Duration.FromSeconds(5), "sooner"));
    }

    [Fact]
    public async Task Resume_WakesForWork()
    {
        await EveryAsync(Duration.FromSeconds(5));
        await Acme.PauseAsync("job");

        await WakesAsync(StoreWake.Work, async () => await Acme.ResumeAsync("job"));
    }

    [Fact]
    public async Task Sweep_ThatReclaims_WakesForWork()
    {
        await DueNowAsync();
        await Process().ClaimOneAsync();
        Advance(TestProcess.Lease);

        await WakesAsync(StoreWake.Work, async () => await Process().SweepAsync());
    }

    [Fact]
    public async Task Cancel_OfARunningOne_WakesForCancel()
    {
        await DueNowAsync();
        var run = await Process().ClaimOneAsync();

        await WakesAsync(StoreWake.Cancel, async () => await Acme.Executions.CancelAsync(run.Id));
    }

    [Fact]
    public async Task Dispose_EndsThatSubscriptionAlone()
    {
        if (!Fixture.Capabilities.SendsWakes)
            return;
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var calls = 0;
        var woken = new TaskCompletionSource();
        Action<StoreWake> count = _ => Interlocked.Increment(ref calls);
        var ended = Store.Claims.Subscribe(count);
        using var same = Store.Claims.Subscribe(count);
        using var other = Store.Claims.Subscribe(_ => woken.TrySetResult());
        ended.Dispose();
        ended.Dispose();

        await Acme.RunNowAsync("job");
        await woken.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(1, calls);
    }

    private async Task WakesAsync(StoreWake expected, Func<Task> act)
    {
        if (!Fixture.Capabilities.SendsWakes)
            return;
        var woken = new TaskCompletionSource();
        using var subscription = Store.Claims.Subscribe(wake =>
        {
            if (wake.HasFlag(expected))
                woken.TrySetResult();
        });
        await act();
        await woken.Task.WaitAsync(TimeSpan.FromSeconds(60)); // says that it hangs; no test passes by it
    }
}
