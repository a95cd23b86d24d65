using System.Diagnostics.CodeAnalysis;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>A claimed run in this process. Phase, deadline and cancel reason need the lock of the places. What only user code needs is made where user code begins, and not by the tick, which all runs wait for.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source without a timer holds nothing, and user code may keep its token after the run.")]
internal sealed class ActiveRun(ClaimedRun claim, ExecutorLane lane, RunEnvironment environment, long startedStamp)
{
    private CancellationTokenSource? _cancel;
    private JobContext? _context;
    private volatile RunCancelReason _cancelReason;

    public ExecutorLane Lane { get; } = lane;

    public ClaimedRun Claim { get; } = claim;

    public RunEnvironment Environment { get; } = environment;

    /// <summary>When this process heard of the attempt; a monotonic stamp.</summary>
    public long StartedStamp { get; } = startedStamp;

    /// <summary>What user code knows of the attempt; made when first asked for.</summary>
    public JobContext Context => Volatile.Read(ref _context) ?? Interlocked.CompareExchange(ref _context, new JobContext(this), null) ?? _context;

    /// <summary>What the run reported; null when it reported nothing.</summary>
    public RunJournal? Journal => Volatile.Read(ref _context)?.Journal;

    public CancellationToken Token => Source.Token;

    public RunPhase Phase { get; set; }

    /// <summary>When the timeout, or after it the grace, is over; a monotonic stamp.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    public RunCancelReason CancelReason => _cancelReason;

    /// <summary>Whether the run was given up for a lost lease and then found to be still ours.</summary>
    public bool IsRegained { get; private set; }

    /// <summary>Whether it was asked to end, so that its deadline is the end of its grace. A regained run may be asked anew.</summary>
    public bool IsAskedToEnd => CancelReason != RunCancelReason.None && !(IsRegained && CancelReason == RunCancelReason.LeaseLost);

    private CancellationTokenSource Source => Volatile.Read(ref _cancel) ?? Interlocked.CompareExchange(ref _cancel, new CancellationTokenSource(), null) ?? _cancel;

    /// <summary>The store says that the run is still ours: its timeout and cancel requests count again.</summary>
    public void Regain(long deadline)
    {
        IsRegained = true;
        Deadline = deadline;
    }

    /// <summary>Notes why the token is going to fire; the first reason stays, but a lost lease outdoes all.</summary>
    /// <returns>Whether the token is to be fired.</returns>
    public bool TryMarkCancelled(RunCancelReason reason)
    {
        if (IsAskedToEnd && (reason != RunCancelReason.LeaseLost || CancelReason == reason))
            return false;
        var fires = !IsAskedToEnd;
        if (reason == RunCancelReason.LeaseLost)
            IsRegained = false;
        _cancelReason = reason;
        return fires;
    }

    /// <summary>Fires the token where a blocking callback of user code holds up nobody. What such a callback throws is user code's own failure and is kept for the run's end.</summary>
    public async Task FireAsync()
    {
        try
        {
            await Environment.Runtime.CancelAsync(Source).ConfigureAwait(false);
        }
        catch (Exception callback)
        {
            CallbackFailure = callback;
        }
    }

    /// <summary>What a callback on the token threw.</summary>
    public Exception? CallbackFailure { get; private set; }
}
