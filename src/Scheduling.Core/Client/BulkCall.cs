namespace Scheduling;

/// <summary>One bulk call: a few workers that take the selected jobs one after the other. The first failure stops them all, each after its job.</summary>
internal sealed class BulkCall
{
    private readonly SelectedJobs _jobs;
    private readonly BulkOptions _options;
    private readonly Func<JobRef, CancellationToken, ValueTask<BulkItem>> _act;
    private readonly List<BulkItem> _items = [];
    private readonly Lock _doneGate = new();
    private int _done;
    private bool _isOver;

    private BulkCall(SelectedJobs jobs, BulkOptions options, Func<JobRef, CancellationToken, ValueTask<BulkItem>> act) => (_jobs, _options, _act) = (jobs, options, act);

    public static async Task<BulkResult> RunAsync(SelectedJobs jobs, BulkOptions options, Func<JobRef, CancellationToken, ValueTask<BulkItem>> act, CancellationToken ct)
    {
        var call = new BulkCall(jobs, options, act);
        using var turn = new SemaphoreSlim(1, 1);
        await Task.WhenAll(Enumerable.Range(0, options.Parallelism).Select(_ => call.WorkAsync(turn, ct))).ConfigureAwait(false);
        return new BulkResult(call._items, jobs.Cursor);
    }

    private async Task WorkAsync(SemaphoreSlim turn, CancellationToken ct)
    {
        try
        {
            while (await TakeAsync(turn, ct).ConfigureAwait(false) is { } taken)
                Note(taken.Place, await _act(taken.Job, ct).ConfigureAwait(false));
        }
        catch
        {
            Volatile.Write(ref _isOver, true);
            throw;
        }
    }

    private async ValueTask<(int Place, JobRef Job)?> TakeAsync(SemaphoreSlim turn, CancellationToken ct)
    {
        await turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ct.ThrowIfCancellationRequested();
            if (Volatile.Read(ref _isOver) || await _jobs.NextAsync(ct).ConfigureAwait(false) is not { } job)
                return null;
            lock (_doneGate)
            {
                _items.Add(new BulkItem { Requested = job });
                return (_items.Count - 1, job);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private void Note(int place, BulkItem item)
    {
        lock (_doneGate)
        {
            _items[place] = item;
            _done++;
            _options.Progress?.Report(new BulkProgress { Item = item, Done = _done });
        }
    }
}
