using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>
/// The promise, as simple as it can be said, beside the real scheduler in a harness: nothing starts early; each due slot is in exactly one row; one execution has one accepted result, and starts again only after a
/// retry, a stop or a disturbance of its node, always with a higher attempt and token; in the end everything has ended, and every node works. Commands are done to both, and everything that can be seen must be
/// something that the promise allows.
/// </summary>
public sealed partial class PromiseModel : IAsyncDisposable
{
    private const int LimitOfB = 2;
    private static readonly long[] Periods = [7, 10, 30, 60, 90, 300];
    private static readonly TenantId B = new("b");

    private readonly PromiseScenario _scenario;
    private readonly PromiseWork _work = new();
    private readonly SchedulingHarness _harness;
    private readonly List<PromiseJob> _jobs = [];
    private readonly HashSet<JobId> _deleted = [];
    private readonly Disturbances _disturbances = new();
    private readonly Dictionary<string, Duration> _skews = new(StringComparer.Ordinal);
    private Instant _highest;
    private int _made;

    /// <summary>Makes the world of a scenario: a store, two nodes, nothing else.</summary>
    public PromiseModel(PromiseScenario scenario, PromiseStore store, bool renewsOnPool = false)
    {
        _scenario = scenario;
        _harness = new SchedulingHarness(
            s => s.AddExecutor("work", _work.ExecuteAsync).Configure(static o => o.MaxConcurrentRuns = 16),
            nodes: 0,
            new HarnessOptions { Seed = scenario.Seed, Store = clock => store(clock, name => _skews.GetValueOrDefault(name)), RealTimeLimit = Duration.FromSeconds(60) });
        _harness.RenewsOnPool = renewsOnPool;
        _work.Bind(_harness, () => _highest);
        _highest = _harness.Now;
        _harness.AddNode();
        _harness.AddNode();
    }

    private Instant Now => _harness.Now;

    /// <summary>Does the scenario, heals the world, and checks all of the promise.</summary>
    public async Task RunAsync()
    {
        try
        {
            await _harness.Jobs.SetLimitsAsync(B, new TenantLimits { MaximumRunning = LimitOfB });
            foreach (var command in _scenario.Commands)
            {
                _harness.Note(command.ToString());
                await DoAsync(command);
                if (command.Amount % 2 == 1)
                    await _harness.AdvanceByAsync(Duration.Zero);
                await ObserveAsync();
            }
            await DrainAsync();
            CheckStarts();
            CheckNodes();
        }
        catch (Exception broken)
        {
            throw new PromiseBrokenException(broken, _scenario, _harness.Transcript);
        }
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task DoAsync(PromiseCommand command)
    {
        switch (command.Action)
        {
            case PromiseAction.Create:
                await CreateAsync(command);
                break;
            case PromiseAction.Advance:
                await AdvanceAsync(command);
                break;
            case PromiseAction.StepClock:
                StepClock(command);
                break;
            case PromiseAction.AddNode:
                AddNode();
                break;
            case > PromiseAction.AddNode:
                if (NodeOf(command) is { } node)
                    await DisturbAsync(node, command);
                break;
            default:
                if (_jobs.Count > 0)
                    await EditAsync(_jobs[command.Which % _jobs.Count], command);
                break;
        }
    }

    /// <summary>A little, to the very second of a job's next slot, or far.</summary>
    private async Task AdvanceAsync(PromiseCommand command)
    {
        if (command.Amount is >= 40 and < 85 && _jobs.Count > 0)
            await _harness.AdvanceToAsync(Instant.Max(Now, Instant.Min(Now + Duration.FromMinutes(5), _jobs[command.Which % _jobs.Count].Slots.Next)));
        else
            await _harness.AdvanceByAsync(Duration.FromSeconds(command.Amount < 85 ? command.Amount % 40 : command.Amount));
        _highest = Instant.Max(_highest, Now);
    }

    private void StepClock(PromiseCommand command)
    {
        _highest = Instant.Max(_highest, Now);
        _harness.StepClock(Duration.FromSeconds(command.Amount switch
        {
            < 20 => -1,
            < 40 => -45,
            < 50 => -600,
            < 70 => 2,
            < 90 => 50,
            _ => 600,
        }));
        _highest = Instant.Max(_highest, Now);
    }

    private async Task CreateAsync(PromiseCommand command)
    {
        var every = Periods[command.Amount % Periods.Length];
        var key = PromiseWork.KeyOf(_made++, command.Amount);
        var definition = new JobDefinition
        {
            Key = key,
            Executor = "work",
            Schedule = Schedule.Interval(Duration.FromSeconds(every)),
            Overlap = (OverlapPolicy)(command.Which % 3),
            Misfire = (command.Amount % 4) switch
            {
                0 => MisfirePolicy.Skip,
                1 when key.EndsWith("-0", StringComparison.Ordinal) => MisfirePolicy.RunAll(20),
                _ => MisfirePolicy.RunOnce,
            },
            Retry = key.Contains("-fails", StringComparison.Ordinal) ? RetryPolicy.Exponential(2, Duration.FromSeconds(5)) : RetryPolicy.None,
            Timeout = command.Which % 4 == 3 ? Duration.FromSeconds(60) : JobDefinition.DefaultTimeout,
        };
        _jobs.Add(new PromiseJob(await _harness.ForTenant(command.Which < 6 ? "a" : "b").CreateAsync(definition), every));
    }

    private async Task EditAsync(PromiseJob job, PromiseCommand command)
    {
        var jobs = JobsOf(job);
        switch (command.Action)
        {
            case PromiseAction.Reschedule:
                await RescheduleAsync(jobs, job, Periods[command.Amount % Periods.Length]);
                break;
            case PromiseAction.Pause:
                await jobs.PauseAsync(job.Id);
                await ObserveAsync();
                if (!job.IsPaused)
                    AssertAnswered(job);
                job.IsPaused = true;
                break;
            case PromiseAction.Resume:
                await jobs.ResumeAsync(job.Id);
                await ObserveAsync();
                if (job.IsPaused)
                    AssertAnswered(job);
                job.IsPaused = false;
                break;
            case PromiseAction.RunNow:
                await RunNowAsync(jobs, job);
                break;
            case PromiseAction.Cancel:
                await CancelAsync(jobs, job, command.Amount);
                break;
            default:
                Assert.True(await jobs.DeleteAsync(job.Id));
                _jobs.Remove(job);
                _deleted.Add(job.Id);
                break;
        }
    }

    private async Task RescheduleAsync(ITenantJobs jobs, PromiseJob job, long every)
    {
        await jobs.UpdateAsync(job.Id, new JobChange { Schedule = Schedule.Interval(Duration.FromSeconds(every)) });
        if (every == job.Slots.Every)
            return;
        await ObserveAsync();
        if (!job.IsPaused)
            AssertAnswered(job);
        job.Slots.Reschedule(every, Now);
    }

    private static async Task RunNowAsync(ITenantJobs jobs, PromiseJob job)
    {
        var open = job.Rows.Values.Where(static row => !row.Status.IsTerminal()).ToList();
        var allowed = job.Definition.Overlap == OverlapPolicy.Allow || open.Count == 0
            || (job.Definition.Overlap == OverlapPolicy.QueueOne && open.TrueForAll(static row => row.Reason != ExecutionReason.Queued || row.ReadyAt is not null));
        if (allowed)
            await jobs.RunNowAsync(job.Id);
        else
            Assert.Contains((await Assert.ThrowsAsync<JobAlreadyRunningException>(async () => await jobs.RunNowAsync(job.Id))).Execution.Id, open.Select(static row => row.Id));
    }

    private static async Task CancelAsync(ITenantJobs jobs, PromiseJob job, int which)
    {
        var open = job.Rows.Values.Where(static row => !row.Status.IsTerminal()).OrderBy(static row => row.Id).ToList();
        if (open.Count > 0)
            await jobs.Executions.CancelAsync(open[which % open.Count].Id);
    }

    private ITenantJobs JobsOf(PromiseJob job) => _harness.Jobs.ForTenant(job.Tenant);

    // After a write that answers for what is overdue no slot before now is left.
    private void AssertAnswered(PromiseJob job) => Holds(job.Slots.Next >= Now, $"Slot {job.Slots.Next} of {job.Key} has no row at {Now}.");

    // The text is made only when it is needed: rows are many and long.
    private static void Holds(bool condition, FormattableString otherwise)
    {
        if (!condition)
            Assert.Fail(FormattableString.Invariant(otherwise));
    }
}
