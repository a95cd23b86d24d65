using NodaTime;
using Scheduling.Planning;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Serves locked turns until places, work or patience end. Pure: decides on what was read under the locks and leaves the writing to others.</summary>
internal sealed class ClaimRound(ClaimRequest request, Instant now, PauseBook pauses)
{
    /// <summary>How much of one turn is served before the next tenant has its turn.</summary>
    public const int Quantum = 8;

    private readonly Dictionary<string, int> _lanes = request.Executors.ToDictionary(static lane => lane.Key, static lane => lane.Free, StringComparer.Ordinal);
    private readonly HashSet<TenantId>? _busy = request.Reserved > 0 ? [.. request.BusyTenants] : null;

    public List<ClaimedRun> Runs { get; } = [];

    public List<RecordedGap> Gaps { get; } = [];

    public List<FaultedJob> Faults { get; } = [];

    public int Free { get; private set; } = request.Free;

    /// <summary>How many jobs and runs may still be looked at: a claim must end, whatever it finds.</summary>
    public int Patience { get; private set; } = Math.Max(512, 4 * request.Free);

    /// <summary>Whether work was left for tenants with nothing running here.</summary>
    public bool HasSetAside { get; private set; }

    /// <summary>Tenants with something running here, which may have none of the places that are kept.</summary>
    public IEnumerable<TenantId> Busy => _busy ?? [];

    /// <summary>Tenants that may not have the places that are left.</summary>
    public IEnumerable<TenantId> LeftOut => Free <= request.Reserved ? Busy : [];

    public int FreeOf(string executor) => _lanes.GetValueOrDefault(executor);

    /// <summary>Serves turns one quantum at a time, in their order.</summary>
    public void Serve(IEnumerable<ClaimTurn> turns)
    {
        var line = new Queue<ClaimTurn>(turns);
        while (Free > 0 && Patience > 0 && line.TryDequeue(out var turn))
        {
            if (ServeOnce(turn) && turn.HasWork)
                line.Enqueue(turn);
        }
    }

    /// <returns>Whether the turn may be served again.</returns>
    private bool ServeOnce(ClaimTurn turn)
    {
        for (var served = 0; served < Quantum && turn.HasWork && Free > 0 && Patience > 0; served++)
        {
            if (FreeOf(turn.Key.Executor) == 0 || turn.IsContended || turn.IsPaused)
                return false;
            if (turn.Limit?.HeldUntil(now) is { } until)
            {
                turn.HeldUntil = until;
                return false;
            }
            if (_busy is not null && Free <= request.Reserved && _busy.Contains(turn.Key.Tenant))
            {
                HasSetAside = true;
                return false;
            }
            Patience--;
            turn.WasServed = true;
            if (turn.Pending.TryDequeue(out var pending))
                TakePending(turn, pending.Slice, pending.Run);
            else
                TakeDue(turn, turn.Due.Dequeue());
        }
        return true;
    }

    private void TakePending(ClaimTurn turn, JobSlice slice, RunRow run)
    {
        if (!slice.IsOutsideWindow(run, now))
        {
            Start(turn, slice, run, JobSlice.LagOf(run, run.ReadyAt, turn.HeldSince, now));
            return;
        }
        if (slice.EndOutsideWindow(run, now) is { } gap)
            Record(slice, gap);
        turn.HasMore |= slice.HasNewlyReady; // one that waited for it is ready now
    }

    private void TakeDue(ClaimTurn turn, JobSlice slice)
    {
        var plan = request.Planner.Plan(slice.ToWork(request.Planner, turn.HeldSince, PausedPeriods(slice.Due)), now);
        var run = slice.Apply(plan, request.Planner, now);
        foreach (var gap in plan.Gaps ?? [])
            Record(slice, gap);
        if (plan.Fault is { } fault)
            Faults.Add(new FaultedJob(slice.Due.Tenant, slice.Due.Id, fault));
        if (run is { Waits: false })
            Start(turn, slice, run, JobSlice.LagOf(run, readyAt: null, turn.HeldSince, now));
        turn.HasMore |= slice.Due.DueAt <= now;
    }

    private IReadOnlyList<Interval>? PausedPeriods(DueRow due) =>
        (due.NextStart ?? due.Pause?.Since) is { } from ? pauses.PeriodsSince(due.Tenant, due.Executor, from, now) : null;

    private void Start(ClaimTurn turn, JobSlice slice, RunRow run, Duration lag)
    {
        slice.Start(run, request.Owner, request.Node, request.Number, now);
        Runs.Add(slice.ToClaimed(run, lag));
        turn.Started++;
        _busy?.Add(turn.Key.Tenant);
        _lanes[turn.Key.Executor]--;
        Free--;
        turn.Limit?.CountStart(now);
    }

    private void Record(JobSlice slice, SlotGap gap) => Gaps.Add(new RecordedGap(slice.Due.Tenant, slice.Due.Id, slice.Due.Executor, gap));
}
