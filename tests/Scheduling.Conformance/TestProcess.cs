using System.Globalization;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>A process as the store sees it: claims, settles, renews and sweeps when a test says so.</summary>
public sealed class TestProcess
{
    public static readonly Duration Lease = Duration.FromSeconds(30);
    public static readonly Duration Retention = Duration.FromDays(30);
    public static readonly Duration ParkAfter = Duration.FromMinutes(10);

    private readonly ISchedulingStore _store;
    private readonly Dictionary<ExecutionId, ClaimedRun> _held = [];
    private ClaimRequest? _lastClaim;
    private int _renewals;

    public TestProcess(ISchedulingStore store, IReadOnlyList<string> executors, Instant now)
    {
        _store = store;
        Executors = executors;
        Owner = OwnerId.New(now);
    }

    public OwnerId Owner { get; }

    public string Node => string.Create(CultureInfo.InvariantCulture, $"node-{Owner.ToString()[^4..]}");

    public IReadOnlyList<string> Executors { get; }

    public DuePlanner Planner { get; init; } = new();

    /// <summary>The number of the last claim.</summary>
    public long Claims { get; private set; }

    /// <summary>What it was given and has not settled.</summary>
    public IReadOnlyCollection<ClaimedRun> Held => _held.Values;

    public Task<ClaimResponse> ClaimAsync(int free = 1_000, params IReadOnlyList<Settlement> settlements) =>
        ClaimAsync(Request(free) with { Settlements = settlements });

    /// <summary>A claim as <see cref="Request"/> made it, changed by the test.</summary>
    public async Task<ClaimResponse> ClaimAsync(ClaimRequest request)
    {
        _lastClaim = request;
        return Take(await _store.Claims.ClaimAsync(request, default), request);
    }

    /// <summary>The last claim again, as after a lost answer.</summary>
    public async Task<ClaimResponse> RepeatClaimAsync() => Take(await _store.Claims.ClaimAsync(_lastClaim!, default), _lastClaim!);

    /// <summary>A claim whose answer is lost: the process does not know what it got.</summary>
    public async Task<ClaimResponse> ClaimWithLostAnswerAsync(int free = 1_000) => await _store.Claims.ClaimAsync(_lastClaim = Request(free), default);

    public ClaimRequest Request(int free = 1_000) => new()
    {
        Owner = Owner,
        Node = Node,
        Number = ++Claims,
        Executors = [.. Executors.Select(key => new ExecutorCapacity(key, free))],
        Free = free,
        Lease = Lease,
        Planner = Planner,
    };

    public async Task<ClaimedRun> ClaimOneAsync(int free = 1_000) => Assert.Single((await ClaimAsync(free)).Runs);

    public async Task<SettlementOutcome> SettleAsync(params IReadOnlyList<Settlement> settlements)
    {
        var outcomes = await SettleAllAsync(settlements);
        return Assert.Single(outcomes);
    }

    public async Task<IReadOnlyList<SettlementOutcome>> SettleAllAsync(IReadOnlyList<Settlement> settlements)
    {
        var response = await _store.Claims.SettleAsync(new SettleRequest { Owner = Owner, Settlements = settlements }, default);
        foreach (var settlement in settlements)
            _held.Remove(settlement.Id);
        return response.Outcomes;
    }

    public async Task SucceedAsync(ClaimedRun run) => Assert.Equal(SettlementOutcome.Accepted, await SettleAsync(Result.Of(run)));

    public async Task SucceedAllAsync() => Assert.All(await SettleAllAsync([.. Held.Select(static run => Result.Of(run))]), static o => Assert.Equal(SettlementOutcome.Accepted, o));

    public async Task<RenewResponse> RenewAsync(long? answeredClaims = null, params IReadOnlyList<RunReport> reports)
    {
        var request = new RenewRequest
        {
            Owner = Owner,
            Node = Node,
            Executors = Executors,
            Lease = Lease,
            Known = [.. _held.Values.Select(static run => new HeldRun(run.Id, run.Token))],
            AnsweredClaims = answeredClaims ?? Claims,
            Reports = reports,
        };
        
        // In turns, because both forms must do the same.
        var response = ++_renewals % 2 == 0 ? _store.Claims.Renew(request) : await _store.Claims.RenewAsync(request, default);
        foreach (var lost in response.Lost)
            _held.Remove(lost.Id);
        return response;
    }

    public Task<SweepResponse> SweepAsync() => SweepAsync(Sweeping());

    public async Task<SweepResponse> SweepAsync(SweepRequest request) => await _store.Claims.SweepAsync(request, default);

    public SweepRequest Sweeping() => new() { Owner = Owner, ReclaimsOrphans = true, Retention = Retention, ParkAfter = ParkAfter, Planner = Planner };

    public async Task LeaveAsync() => await _store.Claims.LeaveAsync(Owner, default);

    /// <summary>The process is gone: what it held it will never settle.</summary>
    public void Crash() => _held.Clear();

    private ClaimResponse Take(ClaimResponse response, ClaimRequest request)
    {
        foreach (var settlement in request.Settlements)
            _held.Remove(settlement.Id);
        foreach (var run in response.Runs)
            _held[run.Id] = run;
        return response;
    }
}
