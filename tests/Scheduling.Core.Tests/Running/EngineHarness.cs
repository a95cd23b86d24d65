using System.Collections.Concurrent;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Tests.Running;

/// <summary>One or more engines on one store, ticked by the test in virtual time: nothing happens that the test did not ask for.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    private readonly List<EngineNode> _nodes = [];
    private int _blocked;

    public EngineHarness(Instant? start = null, Func<InMemoryStore, ISchedulingStore>? wrap = null)
    {
        Clock = new ManualTimeProvider(start ?? Start);
        Memory = new InMemoryStore(Clock);
        Store = wrap?.Invoke(Memory) ?? Memory;
        Scheduler = new JobScheduler(Memory, time: Clock);
        Acme = Scheduler.ForTenant("acme");
    }

    public ManualTimeProvider Clock { get; }

    public InMemoryStore Memory { get; }

    public ISchedulingStore Store { get; }

    public JobScheduler Scheduler { get; }

    public ITenantJobs Acme { get; }

    public IReadOnlyList<EngineNode> Nodes => _nodes;

    /// <summary>What the recording executor saw, in order.</summary>
    public ConcurrentQueue<JobContext> Runs { get; } = new();

    public EngineNode AddNode(EngineOptions? options = null, ISchedulingStore? store = null, params ExecutorRegistration[] executors)
    {
        var events = new RecordedEvents();
        var all = executors.Length > 0 ? executors : [Recording("work")];
        var engine = new SchedulerEngine(store ?? Store, all, (options ?? new EngineOptions()) with { Node = $"node-{_nodes.Count + 1}" }, Clock, events);
        var node = new EngineNode(engine, events);
        _nodes.Add(node);
        return node;
    }

    /// <summary>An executor that notes each run and succeeds at once.</summary>
    public ExecutorRegistration Recording(string key, int? maxConcurrentRuns = null) => new(
        key,
        (run, _) =>
        {
            Runs.Enqueue(run);
            return ValueTask.FromResult(JobResult.Success());
        },
        maxConcurrentRuns);

    /// <summary>An executor that waits until the test lets it go, or until its token fires.</summary>
    public ExecutorRegistration Blocking(string key, TaskCompletionSource gate, int? maxConcurrentRuns = null, bool ignoresCancel = false) => new(
        key,
        async (run, ct) =>
        {
            Runs.Enqueue(run);
            Interlocked.Increment(ref _blocked);
            try
            {
                await (ignoresCancel ? gate.Task : gate.Task.WaitAsync(ct));
            }
            finally
            {
                Interlocked.Decrement(ref _blocked);
            }
            return JobResult.Success();
        },
        maxConcurrentRuns);

    /// <summary>Ticks every living node until none has anything to do now.</summary>
    public async Task SettleAsync()
    {
        bool again;
        do
        {
            again = false;
            foreach (var node in _nodes.Where(static n => n.IsAlive))
            {
                var tick = await node.TickAsync();
                await Clock.UntilAsync(() => InMotion() == 0);
                again |= tick.Wait == Duration.Zero || tick.Claimed > 0 || node.Engine.Snapshot().Unsettled > 0;
            }
        }
        while (again);
    }

    /// <summary>Moves time from wake to wake and timer to timer, and ticks at each.</summary>
    public async Task RunForAsync(Duration duration)
    {
        var end = Clock.Elapsed + duration;
        await SettleAsync();
        while (Clock.Elapsed < end)
        {
            var step = end - Clock.Elapsed;
            foreach (var node in _nodes.Where(static n => n.IsAlive))
                step = Duration.Min(step, Duration.Max(node.LastWait, Duration.FromMilliseconds(1)));
            if (Clock.NextTimerDue is { } timer && timer > Clock.Now)
                step = Duration.Min(step, timer - Clock.Now);
            Clock.Advance(step.ToTimeSpan());
            await SettleAsync();
        }
    }

    public Task RunUntilAsync(Instant time) => RunForAsync(time - Clock.Now);

    public async Task<IReadOnlyList<Execution>> HistoryAsync(JobRef job) =>
        (await Acme.Executions.ListAsync(new ExecutionQuery { Job = job, PageSize = 1000 })).Items;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.Engine.DisposeAsync();
    }

    private int InMotion() => _nodes.Sum(static n => n.Engine.Snapshot().Active) - Volatile.Read(ref _blocked);
}
