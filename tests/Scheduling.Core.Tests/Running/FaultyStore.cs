using Scheduling.Planning;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>A store whose engine calls fail before or after they did their work, as the test says.</summary>
internal sealed class FaultyStore(ISchedulingStore inner) : ISchedulingStore, IClaimStore
{
    public const string Before = "before";
    public const string After = "after";

    /// <summary>Asked at each call with its name and whether it has done its work; true makes it throw.</summary>
    public Func<string, string, bool> Fails { get; set; } = static (_, _) => false;

    public int Calls { get; private set; }

    /// <summary>While set, calls never come back and listen to no token.</summary>
    public bool Hangs { get; set; }

    public string Name => "faulty";

    public StoreCapabilities Capabilities => inner.Capabilities with { AnswersAtOnce = false };

    public IJobStore Jobs => inner.Jobs;

    public IExecutionStore Executions => inner.Executions;

    public IPauseStore Pauses => inner.Pauses;

    public ISecretStore Secrets => inner.Secrets;

    public IClaimStore Claims => this;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => CallAsync("claim", () => inner.Claims.ClaimAsync(request, cancellationToken));

    public ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken) => CallAsync("renew", () => inner.Claims.RenewAsync(request, cancellationToken));

    public RenewResponse Renew(RenewRequest request) => RenewAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken) => CallAsync("settle", () => inner.Claims.SettleAsync(request, cancellationToken));

    public ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken) => CallAsync("sweep", () => inner.Claims.SweepAsync(request, cancellationToken));

    public async ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken) => await CallAsync("leave", async () =>
    {
        await inner.Claims.LeaveAsync(owner, cancellationToken);
        return 0;
    });

    public IDisposable Subscribe(Action<StoreWake> wake) => inner.Claims.Subscribe(wake);

    public ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken) => CallAsync("inspect", () => inner.Claims.InspectAsync(cancellationToken));

    private async ValueTask<T> CallAsync<T>(string name, Func<ValueTask<T>> call)
    {
        Calls++;
        if (Hangs)
            await new TaskCompletionSource().Task;
        if (Fails(name, Before))
            throw new IOException($"{name} did not reach the store");
        var answer = await call();
        return Fails(name, After) ? throw new IOException($"the answer to {name} was lost") : answer;
    }
}
