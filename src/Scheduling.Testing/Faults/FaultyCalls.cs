using System.Numerics;

namespace Scheduling.Testing;

/// <summary>The line to a store: decides about each call what goes wrong with it, and makes it so.</summary>
internal sealed class FaultyCalls(IStoreCallSchedule? schedule)
{
    private readonly Lock _lock = new();
    private readonly List<FaultRule> _rules = [];
    private readonly List<TaskCompletionSource> _hanging = [];
    private readonly HashSet<TaskCompletionSource> _inLine = [];
    private readonly long[] _counts = new long[BitOperations.TrailingZeroCount((int)StoreCall.Cancel) + 1];
    private readonly TaskCompletionSource _never = new();
    private volatile bool _isPlain = true;
    private volatile bool _isClosed;
    private int _inside;
    private int _waiting;

    public Func<StoreCall, StoreFault>? Decide
    {
        get;
        set
        {
            field = value;
            Look();
        }
    }

    public bool IsFaulty => !_isPlain;

    public int Hanging
    {
        get
        {
            lock (_lock)
                return _hanging.Count;
        }
    }

    /// <summary>The calls under way that wait for a healing, for their turn or for nothing any more.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether a call is at work in the store itself.</summary>
    public bool IsInStore => Volatile.Read(ref _inside) > Volatile.Read(ref _waiting);

    public void Add(FaultRule rule)
    {
        lock (_lock)
            _rules.Add(rule);
        Look();
    }

    public void Heal()
    {
        TaskCompletionSource[] hanging;
        lock (_lock)
        {
            _rules.Clear();
            hanging = [.. _hanging];
        }
        Decide = null;
        foreach (var call in hanging)
            Resume(call);
    }

    /// <summary>Nobody is there any more: every call fails, those under way included, so that their caller can be disposed.</summary>
    public void Close()
    {
        _isClosed = true;
        TaskCompletionSource[] waiting;
        lock (_lock)
            waiting = [.. _hanging, .. _inLine];
        foreach (var call in waiting)
            call.TrySetResult();
        _never.TrySetException(new StoreFaultException(StoreCall.None, StoreFault.Throws));
    }

    public long CountOf(StoreCall calls)
    {
        long sum = 0;
        for (var i = 0; i < _counts.Length; i++)
            sum += ((int)calls & (1 << i)) == 0 ? 0 : Volatile.Read(ref _counts[i]);
        return sum;
    }

    public void Written(Job? job)
    {
        if (job is not null)
            schedule?.Written(job);
    }

    /// <summary>Makes a call. The state goes by so that a call without a fault costs nothing.</summary>
    public ValueTask<T> DoAsync<TState, T>(StoreCall call, TState state, Func<TState, CancellationToken, ValueTask<T>> work, CancellationToken ct)
    {
        Interlocked.Increment(ref _counts[BitOperations.TrailingZeroCount((int)call)]);
        if (schedule is null)
            return _isPlain && !_isClosed ? work(state, ct) : FaultyAsync(call, state, work, ct);
        if (!_isPlain || _isClosed || schedule is { GivesWay: true } or { IsGone: true })
        {
            Interlocked.Increment(ref _inside);
            return CountedAsync(FaultyAsync(call, state, work, ct), schedule);
        }
        var answer = work(state, ct);
        if (answer.IsCompleted)
            return answer;
        Interlocked.Increment(ref _inside);
        return CountedAsync(answer, schedule);
    }

    /// <summary>A call on the caller's thread, which cannot hang on virtual time: what would hang throws at once, as at its own time-out.</summary>
    public T Do<T>(StoreCall call, Func<T> work)
    {
        Interlocked.Increment(ref _counts[BitOperations.TrailingZeroCount((int)call)]);
        if (Next(call) is not { } rule)
            return work();
        if (rule.Fault != StoreFault.LosesAnswer)
            throw rule.Exception(call);
        work();
        throw rule.Exception(call);
    }

    /// <summary>
    /// Ends the count of a call when its caller has gone on with the answer and come to rest again. Were that done when the answer is there, time could move on before a renewal that is answered on another
    /// thread has set the next one, and its node would lose its lease for nothing.
    /// </summary>
    private ValueTask<T> CountedAsync<T>(ValueTask<T> answer, IStoreCallSchedule turns)
    {
        if (answer.IsCompleted)
        {
            Left(turns);
            return answer;
        }
        var told = new TaskCompletionSource<T>();
        _ = TellAsync(answer.AsTask(), told, turns);
        return new ValueTask<T>(told.Task);
    }

    private async Task TellAsync<T>(Task<T> answer, TaskCompletionSource<T> told, IStoreCallSchedule turns)
    {
        await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The caller goes on in here: its task does not ask for another thread.
        told.SetFromTask(answer);
        Left(turns);
    }

    private void Left(IStoreCallSchedule turns)
    {
        Interlocked.Decrement(ref _inside);
        turns.Changed();
    }

    private async ValueTask<T> FaultyAsync<TState, T>(StoreCall call, TState state, Func<TState, CancellationToken, ValueTask<T>> work, CancellationToken ct)
    {
        // Renewals have threads of their own: nothing else goes before them.
        if (schedule is { GivesWay: true } && call != StoreCall.Renew && !_isClosed)
            await GiveWayAsync(schedule).ConfigureAwait(false);
        var rule = Next(call);
        await ReachAsync(call, rule, ct).ConfigureAwait(false);

        // A call that comes late is made whatever its token says by now.
        var answer = await work(state, rule?.Fault == StoreFault.ComesLate ? CancellationToken.None : ct).ConfigureAwait(false);
        rule?.After?.Invoke();
        if (schedule is { IsGone: true })
            await NeverAsync().ConfigureAwait(false);
        return rule?.Fault == StoreFault.LosesAnswer ? throw rule.Exception(call) : answer;
    }

    /// <summary>The way to the store, which may end before it.</summary>
    private async ValueTask ReachAsync(StoreCall call, FaultRule? rule, CancellationToken ct)
    {
        rule?.Before?.Invoke();
        if (schedule is { IsGone: true })
            await NeverAsync().ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(_isClosed, typeof(FaultInjectingStore));
        if (rule?.Fault is StoreFault.Hangs or StoreFault.ComesLate)
            await HangAsync(rule.Fault == StoreFault.Hangs ? ct : CancellationToken.None).ConfigureAwait(false);
        if (rule?.Fault is StoreFault.Throws or StoreFault.Hangs)
            throw rule.Exception(call);
        ObjectDisposedException.ThrowIf(_isClosed, typeof(FaultInjectingStore));
    }

    private FaultRule? Next(StoreCall call)
    {
        if (_isPlain)
            return null;
        lock (_lock)
        {
            if (_rules.Find(rule => rule.Hits(call)) is { } rule)
            {
                rule.Use();
                if (rule.IsUsedUp)
                    _rules.Remove(rule);
                Look();
                return rule;
            }
        }
        return Decide?.Invoke(call) is { } fault and not StoreFault.None ? new FaultRule(call, fault, times: 1) : null;
    }

    private async Task GiveWayAsync(IStoreCallSchedule turns)
    {
        var turn = new TaskCompletionSource();
        lock (_lock)
            _inLine.Add(turn);
        Interlocked.Increment(ref _waiting);

        // User code that calls the store is at rest until its turn comes: the harness must not wait for it, but go on.
        var flow = Flow.Current;
        flow?.BeginWait();
        turns.Resume(turn);
        await turn.Task.ConfigureAwait(false);
        flow?.EndWait();
        Interlocked.Decrement(ref _waiting);
        lock (_lock)
            _inLine.Remove(turn);
    }

    private async Task HangAsync(CancellationToken ct)
    {
        var healed = new TaskCompletionSource(schedule is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
        lock (_lock)
            _hanging.Add(healed);
        Interlocked.Increment(ref _waiting);
        var flow = schedule is null ? null : Flow.Current;
        flow?.BeginWait();
        schedule?.Changed();
        try
        {
            using var cancelled = ct.UnsafeRegister(static (s, token) => ((TaskCompletionSource)s!).TrySetCanceled(token), healed);
            await healed.Task.ConfigureAwait(false);
        }
        finally
        {
            flow?.EndWait();
            Interlocked.Decrement(ref _waiting);
            lock (_lock)
                _hanging.Remove(healed);
        }
    }

    /// <summary>The caller's process is gone: nothing comes back to it.</summary>
    private Task NeverAsync()
    {
        Interlocked.Increment(ref _waiting);
        schedule?.Changed();
        return _never.Task;
    }

    private void Resume(TaskCompletionSource call)
    {
        if (schedule is null)
            call.TrySetResult();
        else
            schedule.Resume(call);
    }

    private void Look()
    {
        lock (_lock)
            _isPlain = _rules.Count == 0 && Decide is null;
    }
}
