using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;

namespace Scheduling.Storage.Rows;

/// <summary>
/// One job with all its open executions, read under the lock of its due row, and the moves that the rules allow (ClaimProtocol.md). Pure: after the moves it says what is to be written.
/// </summary>
/// <remarks>
/// A database store opens a transaction, locks due rows, reads them with their runs into slices, makes the moves and writes what changed; it keeps turns and tenant counters itself. Not thread-safe.
/// </remarks>
internal sealed partial class JobSlice
{
    private const int PoisonousStarts = 3;
    private readonly ExecutionIdSource _ids;
    private readonly List<RunRow> _open;
    private List<RunRow>? _ended;
    private List<EndedRow>? _history;
    private List<(ExecutionId Execution, RunEvent Event)>? _events;

    /// <param name="due">The locked row.</param>
    /// <param name="open">Every open execution of the job.</param>
    /// <param name="ids">Where new executions get their ids.</param>
    public JobSlice(DueRow due, IEnumerable<RunRow> open, ExecutionIdSource ids)
    {
        (Due, _ids) = (due, ids);
        _open = [.. open.OrderBy(static run => run.Id)];
    }

    public DueRow Due { get; }

    /// <summary>The executions that are open now, oldest first.</summary>
    public IReadOnlyList<RunRow> Open => _open;

    /// <summary>Executions that were open in the store and are no more: to be deleted there.</summary>
    public IEnumerable<RunRow> Removed => _ended?.Where(static run => !run.IsNew) ?? [];

    /// <summary>Open executions that the store does not have: to be inserted.</summary>
    public IEnumerable<RunRow> Added => _open.Where(static run => run.IsNew);

    /// <summary>Open executions that the store has with other values: to be updated.</summary>
    public IEnumerable<RunRow> Changed => _open.Where(static run => run is { IsNew: false, IsChanged: true });

    /// <summary>Rows for the history, in order.</summary>
    public IReadOnlyList<EndedRow> History => _history ?? (IReadOnlyList<EndedRow>)[];

    /// <summary>Events that runs reported and the store does not have: to be inserted.</summary>
    public IReadOnlyList<(ExecutionId Execution, RunEvent Event)> Events => _events ?? (IReadOnlyList<(ExecutionId, RunEvent)>)[];

    /// <summary>Whether the due row differs from what the store has.</summary>
    public bool IsDueChanged { get; private set; }

    /// <summary>By how much the number of the tenant's running executions changed.</summary>
    public int RunningDelta { get; private set; }

    /// <summary>Whether a pending execution became ready: its turn may come sooner.</summary>
    public bool HasNewlyReady { get; private set; }

    public RunRow? Find(ExecutionId id) => _open.Find(run => run.Id == id);

    /// <summary>The newest execution with a start, before a given one: an open one that has started, or the last that ended.</summary>
    public RunSummary? RunBefore(RunRow? given)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Attempt > 0 && _open[i] != given)
                return _open[i].ToSummary();
        }
        return Due.LastRun;
    }

    public Job ToJob() => Due.ToJob(RunBefore(given: null));

    /// <summary>What the planner needs to know.</summary>
    /// <param name="planner">The planner.</param>
    /// <param name="heldSince">Since when a tenant limit holds the turn back, or null.</param>
    /// <param name="pausedPeriods">When the job's tenant or executor was paused since its next start (<see cref="PauseBook.PeriodsSince"/>), or null.</param>
    public DueWork ToWork(DuePlanner planner, Instant? heldSince, IReadOnlyList<Interval>? pausedPeriods = null) => new()
    {
        Definition = Due.Definition,
        Context = Due.Context(planner),
        NextSlot = Due.NextSlot,
        LastSlot = Due.LastSlot,
        Pause = Due.Pause,
        OpenExecutions = Due.Open,
        HasQueued = Due.Waiting > 0,
        HeldSince = heldSince,
        PausedPeriods = pausedPeriods,
    };

    /// <summary>How late an attempt that starts now is: not counted from before it was ready, nor while a limit held its turn back.</summary>
    public static Duration LagOf(RunRow run, Instant? readyAt, Instant? heldSince, Instant now)
    {
        var from = run.Reason == ExecutionReason.None || readyAt is not { } ready ? run.DueAt : Instant.Max(run.DueAt, ready);
        var judged = heldSince is { } held && held < now ? held : now;
        return Duration.Max(Duration.Zero, judged - from);
    }

    /// <summary>The started execution as its process gets it.</summary>
    public ClaimedRun ToClaimed(RunRow run, Duration lag) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Definition = Due.Definition,
        JobVersion = run.JobVersion,
        Trigger = run.Trigger,
        Slots = run.Slots,
        DueAt = run.DueAt,
        StartedAt = run.StartedAt!.Value,
        Lag = lag,
        Attempt = run.Attempt,
        Failures = run.Failures,
        Token = run.Token,
        EventCount = run.EventCount,
        EventBytes = run.EventBytes,
        TraceParent = run.TraceParent,
        PreviousRun = RunBefore(run),
        LastSuccessAt = Due.LastSuccessAt,
    };
}
