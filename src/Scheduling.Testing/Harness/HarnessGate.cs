namespace Scheduling.Testing;

/// <summary>Holds executors until a test lets them go. Unlike a wait for anything else of the test's, the harness sees it, so that time moves on meanwhile.</summary>
/// <remarks>Thread-safe. Made by <see cref="SchedulingHarness.CreateGate"/>.</remarks>
public sealed class HarnessGate
{
    private readonly Driver _driver;
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private bool _isOpen;

    internal HarnessGate(Driver driver) => _driver = driver;

    /// <summary>How many executors wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Waits until the gate is open.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>When the gate is open.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> fired.</exception>
    public async Task WaitAsync(CancellationToken ct = default)
    {
        var let = new TaskCompletionSource();
        lock (_lock)
        {
            if (_isOpen)
                return;
            _waiting.Add(let);
        }
        var flow = Flow.Current;
        flow?.BeginWait();
        try
        {
            using var cancelled = ct.UnsafeRegister(static (s, token) => ((TaskCompletionSource)s!).TrySetCanceled(token), let);
            await let.Task.ConfigureAwait(false);
        }
        finally
        {
            flow?.EndWait();
            lock (_lock)
                _waiting.Remove(let);
        }
    }

    /// <summary>Lets those go that wait, and all who come: they go on when the harness is driven next.</summary>
    public void Open()
    {
        lock (_lock)
            _isOpen = true;
        LetGo();
    }

    /// <summary>Lets those go that wait now; who comes later waits.</summary>
    public void LetGo()
    {
        TaskCompletionSource[] waiting;
        lock (_lock)
            waiting = [.. _waiting];
        foreach (var one in waiting)
            _driver.Add(node: null, one);
    }

    /// <summary>Makes those wait again who come from now on.</summary>
    public void Close()
    {
        lock (_lock)
            _isOpen = false;
    }
}
