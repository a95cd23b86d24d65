using NodaTime;
using Scheduling.Conformance;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Storage.Model;

/// <summary>
/// The promise of the library as a small model beside a real store: never early; each due slot in exactly one row; one accepted result per execution; another start only after a lease ended, a
/// retry or a hand-back, with a higher token; nothing due is left. Each command is done to both, then all rows are read and every difference must be one that the command allows.
/// </summary>
internal sealed partial class StoreModel
{
    private const int LimitOfB = 2;
    private static readonly long[] Periods = [7, 10, 30, 60, 90, 300];
    private static readonly TenantId B = new("b");

    private readonly ISchedulingStore _store;
    private readonly JobScheduler _scheduler;
    private readonly ManualTimeProvider _clock;
    private readonly List<ModelJob> _jobs = [];
    private readonly Dictionary<ExecutionId, ModelRun> _runs = [];
    private readonly Dictionary<OwnerId, Instant> _leases = [];
    private readonly TestProcess[] _processes;
    private int _made;

    public StoreModel(ISchedulingStore store, ManualTimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _scheduler = new JobScheduler(store, time: clock);
        _processes = [NewProcess(), NewProcess(), NewProcess()];
    }

    private Instant Now => _clock.Now;

    public async Task RunAsync(IEnumerable<ModelCommand> scenario)
    {
        await _scheduler.SetLimitsAsync(B, new TenantLimits { MaximumRunning = LimitOfB });
        foreach (var command in scenario)
        {
            await DoAsync(command);
            if (command.Action is not (ModelAction.Advance or ModelAction.Crash))
                await ObserveAsync();
        }
        await DrainAsync();
    }

    private async Task DoAsync(ModelCommand command)
    {
        var process = _processes[command.Which % _processes.Length];
        switch (command.Action)
        {
            case ModelAction.Create:
                await CreateAsync(command);
                break;
            case ModelAction.Advance:
                Advance(command);
                break;
            case ModelAction.Claim:
                await ClaimAsync(process, command.Amount < 60 ? 1_000 : command.Amount % 4);
                break;
            case ModelAction.Settle:
                await SettleAsync(process, command.Amount);
                break;
            case ModelAction.Crash:
                _processes[command.Which % _processes.Length] = NewProcess();
                break;
            case ModelAction.Renew:
                await RenewAsync(process);
                break;
            case ModelAction.Sweep:
                await SweepAsync(process);
                break;
            default:
                if (_jobs.Count > 0)
                    await EditAsync(_jobs[command.Which % _jobs.Count], command);
                break;
        }
    }

    /// <summary>A little, to the very second of a job's next slot, or far.</summary>
    private void Advance(ModelCommand command)
    {
        if (command.Amount is >= 40 and < 90 && _jobs.Count > 0)
            _clock.AdvanceTo(Instant.Max(Now, Instant.FromUnixTimeSeconds(_jobs[command.Which % _jobs.Count].Next)));
        else
            _clock.Advance(TimeSpan.FromSeconds(command.Amount < 90 ? command.Amount % 40 : command.Amount * 10));
    }

    private async Task CreateAsync(ModelCommand command)
    {
        var every = Periods[command.Amount % Periods.Length];
        var definition = Work.Job(FormattableString.Invariant($"job-{_made++}"), Schedule.Interval(Duration.FromSeconds(every))) with
        {
            Overlap = (OverlapPolicy)(command.Which % 3),
            Misfire = command.Amount % 2 == 0 ? MisfirePolicy.RunOnce : MisfirePolicy.Skip,
        };
        _jobs.Add(new ModelJob(await _scheduler.ForTenant(command.Which < 6 ? "a" : "b").CreateAsync(definition), every));
    }

    private async Task EditAsync(ModelJob job, ModelCommand command)
    {
        var jobs = _scheduler.ForTenant(job.Tenant);
        switch (command.Action)
        {
            case ModelAction.Reschedule:
                await RescheduleAsync(jobs, job, Periods[command.Amount % Periods.Length]);
                break;
            case ModelAction.Pause:
                await jobs.PauseAsync(job.Id);
                await ObserveAsync();
                if (!job.IsPaused)
                    AssertAnsweredBefore(job, Now);
                job.IsPaused = true;
                break;
            case ModelAction.Resume:
                await jobs.ResumeAsync(job.Id);
                await ObserveAsync();
                if (job.IsPaused)
                    AssertAnsweredBefore(job, Now);
                job.IsPaused = false;
                break;
            case ModelAction.RunNow:
                await RunNowAsync(jobs, job);
                break;
            case ModelAction.Cancel:
                await CancelAsync(jobs, job, command.Amount);
                break;
            default:
                Assert.True(await jobs.DeleteAsync(job.Id));
                Forget(job);
                break;
        }
    }

    private async Task RescheduleAsync(ITenantJobs jobs, ModelJob job, long every)
    {
        await jobs.UpdateAsync(job.Id, new JobChange { Schedule = Schedule.Interval(Duration.FromSeconds(every)) });
        if (every == job.Every)
            return;
        await ObserveAsync();
        AssertAnsweredBefore(job, Now);
        job.Reschedule(every, Now);
    }

    private async Task RunNowAsync(ITenantJobs jobs, ModelJob job)
    {
        var open = job.Rows.Values.Where(static row => !row.Status.IsTerminal()).ToList();
        var allowed = job.Overlap == OverlapPolicy.Allow || open.Count == 0 || (job.Overlap == OverlapPolicy.QueueOne && open.TrueForAll(static row => row.Reason != ExecutionReason.Queued || row.ReadyAt is not null));
        if (allowed)
            _runs.Add((await jobs.RunNowAsync(job.Id)).Id, new ModelRun(job));
        else
            Assert.Contains((await Assert.ThrowsAsync<JobAlreadyRunningException>(async () => await jobs.RunNowAsync(job.Id))).Execution.Id, open.Select(static row => row.Id));
    }

    private async Task CancelAsync(ITenantJobs jobs, ModelJob job, int which)
    {
        var open = job.Rows.Values.Where(static row => !row.Status.IsTerminal()).OrderBy(static row => row.Id).ToList();
        if (open.Count == 0)
            return;
        var id = open[which % open.Count].Id;
        await jobs.Executions.CancelAsync(id);
        var run = _runs[id];
        run.IsCancelRequested = true;
        if (run.Status == ExecutionStatus.Pending)
            run.Status = ExecutionStatus.Cancelled;
    }

    private void Forget(ModelJob job)
    {
        _jobs.Remove(job);
        foreach (var run in _runs.Values.Where(run => run.Job == job))
        {
            run.IsJobDeleted = true;
            if (run.Status == ExecutionStatus.Pending)
                run.Status = ExecutionStatus.Cancelled;
        }
    }

    private static void AssertAnsweredBefore(ModelJob job, Instant now) =>
        Assert.True(Instant.FromUnixTimeSeconds(job.Next) >= now, $"Slot {Instant.FromUnixTimeSeconds(job.Next)} of {job.Key} has no row at {now}.");

    // The text is made only when it is needed: rows are many and long.
    private static void Holds(bool condition, FormattableString otherwise)
    {
        if (!condition)
            Assert.Fail(FormattableString.Invariant(otherwise));
    }

    private TestProcess NewProcess() => new(_store, [Work.Executor], Now);
}
