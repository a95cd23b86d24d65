using System.Collections.Concurrent;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>A store that takes overlapping claims and answers each when the test says so, in any order.</summary>
internal sealed class HeldClaimStore(ISchedulingStore inner) : ISchedulingStore, IClaimStore
{
    private readonly Lock _gate = new();
    private readonly List<HeldClaim> _held = [];

    /// <summary>Whether claims are held; else they are answered at once.</summary>
    public bool Holds { get; set; } = true;

    public bool OverlapsClaims { get; init; } = true;

    /// <summary>The claims that wait for their answers, in the order in which they were sent.</summary>
    public IReadOnlyList<HeldClaim> Held
    {
        get
        {
            lock (_gate)
                return [.. _held.Where(static claim => !claim.Answer.IsCompleted)];
        }
    }

    /// <summary>The most claims that waited at once.</summary>
    public int MostHeld { get; private set; }

    /// <summary>The numbers of all claims, in the order in which they were sent.</summary>
    public ConcurrentQueue<long> Numbers { get; } = new();

    public List<RenewRequest> Renewals { get; } = [];

    public string Name => "held";

    public StoreCapabilities Capabilities => inner.Capabilities with { AnswersAtOnce = false, OverlapsClaims = OverlapsClaims };

    public IJobStore Jobs => inner.Jobs;

    public IExecutionStore Executions => inner.Executions;

    public IPauseStore Pauses => inner.Pauses;

    public ISecretStore Secrets => inner.Secrets;

    public IClaimStore Claims => this;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        Numbers.Enqueue(request.Number);
        if (!Holds)
            return await inner.Claims.ClaimAsync(request, cancellationToken);
        var claim = new HeldClaim(request, inner.Claims);
        lock (_gate)
        {
            _held.Add(claim);
            MostHeld = Math.Max(MostHeld, _held.Count);
        }
        try
        {
            return await claim.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
                _held.Remove(claim);
        }
    }

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken)
    {
        Renewals.Add(request);
        return inner.Claims.RenewAsync(request, cancellationToken);
    }

    public RenewResponse Renew(RenewRequest request) => inner.Claims.Renew(request);

    public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) => inner.Claims.SettleAsync(request, cancellationToken);

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) => inner.Claims.SweepAsync(request, cancellationToken);

    public ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) => inner.Claims.LeaveAsync(owner, cancellationToken);

    public IDisposable Subscribe(Action<StoreWake> wake) => inner.Claims.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) => inner.Claims.InspectAsync(cancellationToken);
}
