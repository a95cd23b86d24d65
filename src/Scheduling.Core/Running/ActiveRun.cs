using System.Diagnostics.CodeAnalysis;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>A claimed run in this process. Phase, deadline and cancel reason need the lock of the places.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source without a timer holds nothing, and user code may keep its token after the run.")]
internal sealed class ActiveRun
{
    private readonly CancellationTokenSource _cancel = new();

    public ActiveRun(ExecutorLane lane, JobContext context) => (Lane, Context) = (lane, context);

    public ExecutorLane Lane { get; }

    public JobContext Context { get; }

    public ClaimedRun Claim => Context.Run;

    public CancellationToken Token => _cancel.Token;

    public RunPhase Phase { get; set; }

    /// <summary>When the timeout, or after it the grace, is over; a monotonic stamp.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    public long StartedStamp => Context.StartedStamp;

    public RunCancelReason CancelReason => Context.CancelReason;

    /// <summary>Whether the run was given up for a lost lease and then found to be still ours.</summary>
    public bool IsRegained { get; private set; }

    /// <summary>Whether it was asked to end, so that its deadline is the end of its grace. A regained run may be asked anew.</summary>
    public bool IsAskedToEnd => CancelReason != RunCancelReason.None && !(IsRegained && CancelReason == RunCancelReason.LeaseLost);

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
        Context.SetCancelReason(reason);
        return fires;
    }

    /// <summary>Fires the token where a blocking callback of user code holds up nobody. What such a callback throws is user code's own failure and is kept for the run's end.</summary>
    public async Task FireAsync()
    {
        try
        {
            await Context.Environment!.Runtime.CancelAsync(_cancel).ConfigureAwait(false);
        }
        catch (Exception callback)
        {
            CallbackFailure = callback;
        }
    }

    /// <summary>What a callback on the token threw.</summary>
    public Exception? CallbackFailure { get; private set; }
}
