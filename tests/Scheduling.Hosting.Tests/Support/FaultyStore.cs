using System.Collections.Concurrent;
using Scheduling.Policies;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Hosting.Tests;

/// <summary>A store around the one in memory that counts every call by name, and that throws, hangs or loses the answer when a test says so.</summary>
internal sealed class FaultyStore(ManualTimeProvider time) : ISchedulingStore, IJobStore, IExecutionStore, IClaimStore
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _claimsAtOnce;
    private long _waitsUntil;

    public InMemoryStore Inner { get; } = new(time);

    /// <summary>What a call throws before it reaches the store; null for nothing.</summary>
    public Func<string, Exception?> Before { get; set; } = static _ => null;

    /// <summary>What a call throws after the store has done its work: a lost answer.</summary>
    public Func<string, Exception?> After { get; set; } = static _ => null;

    /// <summary>The calls that wait for their token to fire instead of answering.</summary>
    public Func<string, bool> Hangs { get; set; } = static _ => false;

    /// <summary>How long a call takes before it reaches the store, on virtual time.</summary>
    public Func<string, TimeSpan> Takes { get; set; } = static _ => TimeSpan.Zero;

    /// <summary>Whether a call waits for virtual time to pass, be it for its own delay or for the deadline of 10 s that ends a hanging one.</summary>
    public bool IsWaiting => time.HasTimerAt(Volatile.Read(ref _waitsUntil));

    /// <summary>Whether a call that hangs does so whatever its token says.</summary>
    public bool IgnoresTokens { get; set; }

    /// <summary>Whether a call has begun to hang since the test asked for it.</summary>
    public bool IsHanging { get; private set; }

    /// <summary>The most claims that were ever under way at once.</summary>
    public int MostClaimsAtOnce { get; private set; }

    public int CountOf(string call) => _calls.GetValueOrDefault(call);

    public int Calls => _calls.Values.Sum();

    public string Name => "faulty";

    /// <summary>Whether calls have deadlines, as those of a store outside the process.</summary>
    public bool AnswersAtOnce { get; set; } = true;

    public StoreCapabilities Capabilities => Inner.Capabilities with { AnswersAtOnce = AnswersAtOnce };

    public IJobStore Jobs => this;

    public IExecutionStore Executions => this;

    public IPauseStore Pauses => Inner.Pauses;

    public ISecretStore Secrets => Inner.Secrets;

    public IClaimStore Claims => this;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => DoAsync("Initialize", () => Inner.InitializeAsync(cancellationToken), cancellationToken);

    public ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken cancellationToken) =>
        DoAsync("Write", () => Inner.Jobs.WriteAsync(request, cancellationToken), cancellationToken);

    public ValueTask<Job?> GetAsync(TenantId tenant, JobRef job, CancellationToken cancellationToken) => Inner.Jobs.GetAsync(tenant, job, cancellationToken);

    public ValueTask<EraseTenantResponse> EraseAsync(EraseTenantRequest request, CancellationToken cancellationToken) => Inner.Jobs.EraseAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<JobCount>> CountAsync(TenantId tenant, CancellationToken cancellationToken) => Inner.Jobs.CountAsync(tenant, cancellationToken);

    public ValueTask<IReadOnlyList<Job>> ListAsync(ListJobsRequest request, CancellationToken cancellationToken) => Inner.Jobs.ListAsync(request, cancellationToken);

    public ValueTask<bool> DeleteAsync(DeleteJobRequest request, CancellationToken cancellationToken) => Inner.Jobs.DeleteAsync(request, cancellationToken);

    public ValueTask SetLimitsAsync(TenantId tenant, TenantLimits limits, CancellationToken cancellationToken) => Inner.Jobs.SetLimitsAsync(tenant, limits, cancellationToken);

    public ValueTask<TenantState> GetTenantAsync(TenantId tenant, CancellationToken cancellationToken) => Inner.Jobs.GetTenantAsync(tenant, cancellationToken);

    public ValueTask<EnqueueResponse> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken) => Inner.Executions.EnqueueAsync(request, cancellationToken);

    public ValueTask<Execution?> GetAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken) => Inner.Executions.GetAsync(tenant, id, cancellationToken);

    public ValueTask<IReadOnlyList<RunEvent>?> ListEventsAsync(ListRunEventsRequest request, CancellationToken cancellationToken) => Inner.Executions.ListEventsAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<Execution>?> ListAsync(ListExecutionsRequest request, CancellationToken cancellationToken) => Inner.Executions.ListAsync(request, cancellationToken);

    public ValueTask<CancelResponse?> CancelAsync(CancelRequest request, CancellationToken cancellationToken) => Inner.Executions.CancelAsync(request, cancellationToken);

    public async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        MostClaimsAtOnce = Math.Max(MostClaimsAtOnce, Interlocked.Increment(ref _claimsAtOnce));
        try
        {
            return await DoAsync("Claim", () => Inner.Claims.ClaimAsync(request, cancellationToken), cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _claimsAtOnce);
        }
    }

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) =>
        DoAsync("Renew", () => Inner.Claims.RenewAsync(request, cancellationToken), cancellationToken);

    public RenewResponse Renew(RenewRequest request) => RenewAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) =>
        DoAsync("Settle", () => Inner.Claims.SettleAsync(request, cancellationToken), cancellationToken);

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) =>
        DoAsync("Sweep", () => Inner.Claims.SweepAsync(request, cancellationToken), cancellationToken);

    public ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) => DoAsync("Leave", () => Inner.Claims.LeaveAsync(owner, cancellationToken), cancellationToken);

    public IDisposable Subscribe(Action<StoreWake> wake) => Inner.Claims.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) =>
        DoAsync("Inspect", () => Inner.Claims.InspectAsync(cancellationToken), cancellationToken);

    private Task DelayAsync(TimeSpan delay, TimeSpan end, CancellationToken ct)
    {
        Volatile.Write(ref _waitsUntil, time.GetTimestamp() + end.Ticks);
        IsHanging = delay == Timeout.InfiniteTimeSpan;
        return Task.Delay(delay, time, IgnoresTokens ? CancellationToken.None : ct);
    }

    private async ValueTask DoAsync(string call, Func<ValueTask> work, CancellationToken ct) =>
        await DoAsync<object?>(
            call,
            async () =>
            {
                await work();
                return null;
            },
            ct);

    private async ValueTask<T> DoAsync<T>(string call, Func<ValueTask<T>> work, CancellationToken ct)
    {
        _calls.AddOrUpdate(call, 1, static (_, count) => count + 1);
        if (Hangs(call))
            await DelayAsync(Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(10), ct);
        if (Takes(call) is var takes && takes > TimeSpan.Zero)
            await DelayAsync(takes, takes, ct);
        if (Before(call) is { } early)
            throw early;
        var answer = await work();
        return After(call) is { } late ? throw late : answer;
    }
}
