using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>B6: a lease is kept by a thread of its own, which user code on the pool cannot hold up. On the system's clock, because only that has the thread; nothing here depends on how long anything takes.</summary>
public sealed class RenewalThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Renew_OnTheSystemsClock_IsCalledOutsideThePool()
    {
        var store = new RenewalWatch(new InMemoryStore());
        var options = new EngineOptions { LeaseDuration = Duration.FromMilliseconds(600), RenewInterval = Duration.FromMilliseconds(20) };
        var executor = new ExecutorRegistration("work", async (_, ct) =>
        {
            await store.Renewed.WaitAsync(ct);
            return JobResult.Success();
        });
        await using var engine = new SchedulerEngine(store, [executor], options);
        var job = await new JobScheduler(store.Inner).ForTenant("acme").CreateAsync(
            new JobDefinition { Key = "j", Executor = "work", Schedule = Schedule.Manual }, TestContext.Current.CancellationToken);
        await store.Inner.Executions.EnqueueAsync(new EnqueueRequest { Tenant = job.Tenant, Job = job.Id }, TestContext.Current.CancellationToken);

        Assert.Equal(1, (await engine.TickAsync(TestContext.Current.CancellationToken)).Claimed);

        Assert.False(await store.Renewed.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    private sealed class RenewalWatch(InMemoryStore inner) : ISchedulingStore, IClaimStore
    {
        private readonly TaskCompletionSource<bool> _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether the first renewal came from the pool.</summary>
        public Task<bool> Renewed => _renewed.Task;

        public ISchedulingStore Inner => inner;

        public string Name => inner.Name;

        public StoreCapabilities Capabilities => inner.Capabilities;

        public IJobStore Jobs => inner.Jobs;

        public IExecutionStore Executions => inner.Executions;

        public IPauseStore Pauses => inner.Pauses;

        public ISecretStore Secrets => inner.Secrets;

        public IClaimStore Claims => this;

        public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

        public RenewResponse Renew(RenewRequest request)
        {
            _renewed.TrySetResult(Thread.CurrentThread.IsThreadPoolThread);
            return inner.Claims.Renew(request);
        }

        public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) => inner.Claims.RenewAsync(request, cancellationToken);

        public ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => inner.Claims.ClaimAsync(request, cancellationToken);

        public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) => inner.Claims.SettleAsync(request, cancellationToken);

        public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) => inner.Claims.SweepAsync(request, cancellationToken);

        public ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) => inner.Claims.LeaveAsync(owner, cancellationToken);

        public IDisposable Subscribe(Action<StoreWake> wake) => inner.Claims.Subscribe(wake);

        public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) => inner.Claims.InspectAsync(cancellationToken);
    }
}
