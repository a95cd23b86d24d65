using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Scheduling.Hosting;

/// <summary>
/// The way to one observer: a bounded queue that one task empties, a notice at a time. A call that takes too long is left behind, and the next one is made; when several are left behind, the queue waits until one of them ends, so that an
/// observer that hangs for ever costs a few threads and no more.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A call that was left behind still uses them, and neither holds anything.")]
internal sealed class ObserverLane
{
    private const int MostWaiting = 10_000;
    private const int MostUnderWay = 4;

    private readonly Channel<ExecutionNotice> _notices = Channel.CreateBounded<ExecutionNotice>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly SemaphoreSlim _places = new(MostUnderWay);
    private readonly CancellationTokenSource _noMoreTime = new();
    private readonly IExecutionObserver _observer;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ObserverReports _reports;
    private readonly Task _work;

    public ObserverLane(IExecutionObserver observer, TimeSpan timeout, TimeProvider time, ObserverGuard guard)
    {
        (_observer, _timeout, _time) = (observer, timeout, time);
        _reports = new ObserverReports(observer.GetType().FullName ?? observer.GetType().Name, guard);

        // Nothing of whoever starts the host, such as its current activity, belongs into what observers do.
        using (ExecutionContext.SuppressFlow())
            _work = Task.Run(EmptyAsync);
    }

    /// <summary>Never waits: a notice for which there is no room is dropped.</summary>
    public void Tell(ExecutionNotice notice)
    {
        if (!_notices.Writer.TryWrite(notice))
            _reports.Dropped();
    }

    /// <summary>Ends the lane: what waits is still told until there is no more time.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        _notices.Writer.TryComplete();
        using (ct.UnsafeRegister(static lane => ((ObserverLane)lane!)._noMoreTime.Cancel(), this))
            await _work.ConfigureAwait(false);
    }

    private async Task EmptyAsync()
    {
        try
        {
            while (await _notices.Reader.WaitToReadAsync(_noMoreTime.Token).ConfigureAwait(false))
            {
                while (_notices.Reader.TryRead(out var notice))
                    await TellInTimeAsync(notice).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_noMoreTime.IsCancellationRequested)
        {
            while (_notices.Reader.TryRead(out _))
                _reports.Dropped();
        }
    }

    private async Task TellInTimeAsync(ExecutionNotice notice)
    {
        await _places.WaitAsync(_noMoreTime.Token).ConfigureAwait(false);

        // On a thread of its own: the observer may block before it first awaits.
        var call = Task.Run(() => CallAsync(notice));
        try
        {
            if (!await call.WaitAsync(_timeout, _time, _noMoreTime.Token).ConfigureAwait(false))
                _reports.Late();
        }
        catch (TimeoutException)
        {
            _reports.Late();
        }
    }

    /// <returns>Whether the call ended in time. Nothing is thrown.</returns>
    private async Task<bool> CallAsync(ExecutionNotice notice)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _noMoreTime.Token);
        try
        {
            await notice.TellAsync(_observer, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // What comes of ending a call is no failure of its own: that it was too late is told by the caller.
            if (!limit.IsCancellationRequested)
                _reports.Failed(failure);
        }
        finally
        {
            _places.Release();
        }
        return !timeout.IsCancellationRequested;
    }
}
