using System.Diagnostics;

namespace Scheduling.Testing;

/// <summary>
/// The one thread of a harness: does what can be done now, one thing after the other, each until it is at rest; then goes to the next point of time at which something is due. Without a seed everything goes on in
/// the order it came; with one, whatever could go on is drawn by chance.
/// </summary>
internal sealed class Driver
{
    // No point of time has so much to do; more is a node that goes on for ever.
    private const int MostAtOnce = 1_000_000;

    private readonly HarnessOptions _options;
    private readonly Random? _order;
    private readonly List<HarnessNode> _nodes;
    private readonly ReadyWork _ready;
    private readonly IdleLooks _looks;
    private readonly List<HarnessNode> _able = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource? _watch;
    private int _isDriving;

    public Driver(ManualTimeProvider time, HarnessOptions options, Random? order, List<HarnessNode> nodes, IdleLooks looks)
    {
        (Time, _options, _order, _nodes, _looks) = (time, options, order, nodes, looks);
        _ready = new ReadyWork(order);
    }

    public ManualTimeProvider Time { get; }

    /// <summary>Whether runs and store calls go on in an order drawn by chance.</summary>
    public bool Interleaves => _order is not null;

    public void Add(HarnessNode? node, object work)
    {
        _ready.Add(node, work);
        Changed();
    }

    /// <summary>Something may have come to rest, or left it.</summary>
    public void Changed()
    {
        TaskCompletionSource? watch;
        lock (_lock)
            (watch, _watch) = (_watch, null);
        watch?.TrySetResult();
    }

    /// <summary>Drives until a point of the monotonic clock, or until something is so.</summary>
    /// <returns>Whether it became so; with nothing to wait for, true at the end.</returns>
    public async Task<bool> DriveAsync(long target, Func<ValueTask<bool>>? isReached)
    {
        if (Interlocked.Exchange(ref _isDriving, 1) == 1)
            throw new InvalidOperationException("The harness is being driven already: await one call before the next, and do not drive it from an executor.");
        try
        {
            // On the pool: no synchronization context of a test framework may reach into user code.
            return await Task.Run(() => LoopAsync(target, isReached)).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isDriving, 0);
        }
    }

    private async Task<bool> LoopAsync(long target, Func<ValueTask<bool>>? isReached)
    {
        while (true)
        {
            for (var done = 0; TryDoOne() || IsMoving(); done++)
            {
                if (IsMoving())
                    await RestAsync().ConfigureAwait(false);
                if (done == MostAtOnce)
                    throw new InvalidOperationException($"At {Time.Now} there is no end of things to do; the nodes spin: {string.Join(", ", _nodes.Where(static node => node.CanStep).Select(static node => node.Name))}.");
            }
            if (isReached is not null && await isReached().ConfigureAwait(false))
                return true;
            var node = _looks.NextStep(_nodes);
            var timer = Time.NextTicks;
            if (Math.Min(node, timer) > target)
                break;
            if (timer < node || (timer == node && _order?.Next(2) != 1))
                Time.FireNext(timer);
            else
                Time.GoTo(node);
        }
        Time.GoTo(target);
        return isReached is null;
    }

    /// <summary>Does one of the things that can be done now.</summary>
    private bool TryDoOne()
    {
        _able.Clear();
        foreach (var node in _nodes)
        {
            if (node.CanStep)
                _able.Add(node);
        }
        var ready = _ready.Count;
        if (_able.Count + ready == 0)
            return false;
        if ((_order is null ? ready > 0 : _order.Next(_able.Count + ready) < ready) && _ready.Take() is { } work)
        {
            Do(work);
            return true;
        }
        if (_able.Count == 0)
            return false;
        _able[_order?.Next(_able.Count) ?? 0].Step();
        return true;
    }

    private static void Do(object work)
    {
        if (work is IThreadPoolWorkItem item)
            item.Execute();
        else
            ((TaskCompletionSource)work).TrySetResult();
    }

    private bool IsMoving()
    {
        foreach (var node in _nodes)
        {
            if (node.IsMoving)
                return true;
        }
        return false;
    }

    /// <summary>Waits, in real time, for user code or a store that virtual time does not hold.</summary>
    private async Task RestAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = (_watch ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (!IsMoving())
                return;
            var left = _options.RealTimeLimit.ToTimeSpan() - Stopwatch.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
                throw new TimeoutException(Stuck());
            await Task.WhenAny(changed, Task.Delay(left, TimeProvider.System)).ConfigureAwait(false);
        }
    }

    private string Stuck() =>
        $"For {_options.RealTimeLimit.TotalSeconds:0} s of real time, at {Time.Now} of virtual time, this has neither ended nor waited for virtual time: "
        + $"{string.Join("; ", _nodes.Where(static node => node.IsMoving).Select(static node => node.DescribeMotion()))}. "
        + $"Executors wait for the TimeProvider of their services or for a gate of the harness ({nameof(SchedulingHarness)}.{nameof(SchedulingHarness.CreateGate)}); "
        + $"work that really takes longer needs a higher {nameof(HarnessOptions)}.{nameof(HarnessOptions.RealTimeLimit)}.";
}
