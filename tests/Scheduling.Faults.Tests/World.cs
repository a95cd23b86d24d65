using System.Globalization;
using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Faults.Tests;

/// <summary>A store, the workers on it, what they really did, and the questions whose answers must hold at the end. The test itself only asks; it runs no jobs.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come. No test depends on it to pass.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<WorkerProcess> _workers = [];
    private readonly WorkerSettings _settings;
    private readonly Action? _cleanUp;

    public World(WorkerSettings settings, Action? cleanUp = null, string? workerConnection = null)
    {
        (_settings, _cleanUp) = (settings with { Connection = workerConnection ?? settings.Connection }, cleanUp);
        Directory.CreateDirectory(settings.Log);
        Store = settings.OpenStore(TimeProvider.System);
        Scheduler = new JobScheduler(Store);
    }

    public ISchedulingStore Store { get; }

    public JobScheduler Scheduler { get; }

    public ITenantJobs Acme => Scheduler.ForTenant("acme");

    public IReadOnlyList<RunLine> Lines => RunLine.ReadAll(_settings.Log);

    public async Task<World> InitializeAsync()
    {
        await Store.InitializeAsync(TestContext.Current.CancellationToken);
        return this;
    }

    public WorkerProcess Start(string node, KillPoint killAt = KillPoint.None, Func<WorkerSettings, WorkerSettings>? change = null, SkewedClock? clock = null)
    {
        var settings = _settings with { Node = node, KillAt = killAt };
        var worker = WorkerProcess.Start(change?.Invoke(settings) ?? settings, clock);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>A job that is due once, now, and takes so long.</summary>
    public ValueTask<Job> OnceAsync(string key, int milliseconds = 0, string tenant = "acme") => Scheduler.ForTenant(tenant).CreateAsync(
        new JobDefinition { Key = key, Executor = "work", Schedule = Schedule.Once(Instant.FromUtc(2026, 1, 1, 0, 0)), Payload = Payload(milliseconds) });

    public ValueTask<Job> EveryAsync(string key, int seconds, int milliseconds = 0) => Acme.CreateAsync(
        new JobDefinition { Key = key, Executor = "work", Schedule = Schedule.Interval(Duration.FromSeconds(seconds)), Payload = Payload(milliseconds) });

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                Assert.Fail($"For {Patience} this has not become true: {text}\n{Outputs()}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public Task UntilAsync(Func<bool> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string text = "") =>
        UntilAsync(() => Task.FromResult(condition()), text);

    /// <summary>The one execution of a job once it has ended.</summary>
    public async Task<Execution> EndOfAsync(Job job)
    {
        Execution? ended = null;
        await UntilAsync(async () => (ended = (await RowsAsync(job)).SingleOrDefault(static row => row.Status.IsTerminal())) is not null, $"the run of {job.Key} has ended");
        return ended!;
    }

    public async Task<IReadOnlyList<Execution>> RowsAsync(Job job)
    {
        var rows = new List<Execution>();
        string? cursor = null;
        do
        {
            var page = await Scheduler.ForTenant(job.Tenant.Value).Executions.ListAsync(new ExecutionQuery { Job = job.Id, Cursor = cursor, PageSize = ExecutionQuery.MaximumPageSize });
            rows.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return rows;
    }

    /// <summary>Pauses interval jobs, waits until nothing of them is open and checks that each slot lies in exactly one row, and that nothing was done that the rows do not tell.</summary>
    /// <returns>How many slots were due in all.</returns>
    public async Task<long> SettleAndCheckAsync(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs)
            await Acme.PauseAsync(job.Id);
        foreach (var job in jobs)
            await UntilAsync(async () => (await Acme.GetAsync(job.Id))!.OpenExecutions == 0, $"nothing of {job.Key} is open");
        long due = 0;
        foreach (var job in jobs)
            due += await CheckAsync(job);
        CheckLines();
        return due;
    }

    /// <summary>A run may be begun more than once, each time with a higher attempt and token; it has ended well exactly when its row says so.</summary>
    public void CheckLines()
    {
        foreach (var run in Lines.Where(static line => !line.IsEnd).GroupBy(static line => line.Execution, StringComparer.Ordinal))
        {
            var begun = run.OrderBy(static line => line.Token).ToList();
            Assert.Equal(begun.Select(static line => line.Token).Distinct(), begun.Select(static line => line.Token));
            Assert.All(begun.Zip(begun.Skip(1)), static pair => Assert.True(pair.First.Attempt < pair.Second.Attempt, $"{pair.First} then {pair.Second}"));
        }
        var slots = Lines.Where(static line => line.Slot.Length > 0).GroupBy(static line => (line.Job, line.Slot));
        Assert.All(slots, static slot => Assert.Single(slot.Select(static line => line.Execution).Distinct(StringComparer.Ordinal)));
    }

    public string Outputs() => string.Join("\n", _workers.Select(static worker => $"--- {worker.Settings.Node}\n{worker.Output}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            worker.Dispose();
        if (Store is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        Directory.Delete(_settings.Log, recursive: true);
        _cleanUp?.Invoke();
    }

    private static JobPayload Payload(int milliseconds) => JobPayload.FromJson(milliseconds.ToString(CultureInfo.InvariantCulture));

    private async Task<long> CheckAsync(Job job)
    {
        var every = ((IntervalSchedule)job.Schedule).Every;
        var covered = new HashSet<Instant>();
        foreach (var row in await RowsAsync(job))
        {
            var slots = row.Slots!.Value;
            for (var slot = slots.First; slot <= slots.Last; slot += every)
                Assert.True(covered.Add(slot), $"{job.Key} has two rows for {slot}");
            Assert.True(row.StartedAt is null || row.StartedAt >= row.DueAt, $"started early: {row}");
        }
        var last = (await Acme.GetAsync(job.Id))!.LastSlot;
        long due = 0;
        for (var slot = job.NextSlot!.Value; slot <= last; slot += every)
        {
            Assert.True(covered.Contains(slot), $"{job.Key} has no row for {slot}\n{Outputs()}");
            due++;
        }
        return due;
    }
}
