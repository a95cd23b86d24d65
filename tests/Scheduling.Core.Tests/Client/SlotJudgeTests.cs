using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Core.Tests.Client;

/// <summary>Why a slot is where it is, judged from facts alone. An hourly job, the slot of 12:00, seconds counted from there.</summary>
public class SlotJudgeTests
{
    private static readonly TenantId Acme = new("acme");
    private static readonly Instant Slot = Instant.FromUtc(2026, 3, 4, 12, 0);
    private static readonly Instant Now = Slot + Duration.FromHours(6);

    [Theory]
    [InlineData(ExecutionStatus.Succeeded, ExecutionReason.None, 1, 0, 0, SlotOutcome.Ran, SlotCause.None, 0)]
    [InlineData(ExecutionStatus.Failed, ExecutionReason.Exception, 1, 60, 60, SlotOutcome.Ran, SlotCause.None, 60)]
    [InlineData(ExecutionStatus.Succeeded, ExecutionReason.None, 1, 61, 61, SlotOutcome.Ran, SlotCause.NotClaimed, 61)]
    [InlineData(ExecutionStatus.TimedOut, ExecutionReason.Timeout, 3, 5, 900, SlotOutcome.Ran, SlotCause.None, 5)]
    [InlineData(ExecutionStatus.Succeeded, ExecutionReason.None, 1, 5, 900, SlotOutcome.Ran, SlotCause.HandedBack, 900)]
    [InlineData(ExecutionStatus.Abandoned, ExecutionReason.NodeLost, 1, 0, 0, SlotOutcome.Ran, SlotCause.NodeLost, 0)]
    [InlineData(ExecutionStatus.Abandoned, ExecutionReason.Poisoned, 3, 0, 90, SlotOutcome.Ran, SlotCause.Poisoned, 0)]
    [InlineData(ExecutionStatus.Abandoned, ExecutionReason.WindowClosed, 1, 0, 0, SlotOutcome.Ran, SlotCause.WindowClosed, 0)]
    [InlineData(ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, 1, 0, 0, SlotOutcome.Ran, SlotCause.None, 0)]
    [InlineData(ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, 0, 0, null, SlotOutcome.Cancelled, SlotCause.CancelRequested, null)]
    [InlineData(ExecutionStatus.Running, ExecutionReason.None, 1, 2, 2, SlotOutcome.Running, SlotCause.None, 2)]
    [InlineData(ExecutionStatus.Skipped, ExecutionReason.Overlap, 0, 0, null, SlotOutcome.Skipped, SlotCause.Overlap, null)]
    [InlineData(ExecutionStatus.Skipped, ExecutionReason.Misfire, 0, 70, null, SlotOutcome.Skipped, SlotCause.Misfire, null)]
    [InlineData(ExecutionStatus.Skipped, ExecutionReason.Paused, 0, 70, null, SlotOutcome.Skipped, SlotCause.JobPaused, null)]
    [InlineData(ExecutionStatus.Missed, ExecutionReason.Paused, 0, 70, null, SlotOutcome.Missed, SlotCause.JobPaused, null)]
    [InlineData(ExecutionStatus.Missed, ExecutionReason.WindowClosed, 0, 70, null, SlotOutcome.Missed, SlotCause.WindowClosed, null)]
    [InlineData(ExecutionStatus.Missed, ExecutionReason.TooOld, 0, 70, null, SlotOutcome.Missed, SlotCause.TooOld, null)]
    [InlineData(ExecutionStatus.Missed, ExecutionReason.ChainLimit, 0, 70, null, SlotOutcome.Missed, SlotCause.ChainLimit, null)]
    [InlineData(ExecutionStatus.Missed, ExecutionReason.Edited, 0, 70, null, SlotOutcome.Missed, SlotCause.Edited, null)]
    public void Judge_Row_SaysIt(ExecutionStatus status, ExecutionReason reason, int attempt, int created, int? started, SlotOutcome outcome, SlotCause cause, int? lateness)
    {
        var row = Row(status, reason) with { Attempt = attempt, CreatedAt = After(created), StartedAt = started is { } s ? After(s) : null };

        var answer = Judge(Facts with { Row = new SlotRow { Row = row, Near = [row] } });

        Assert.Equal((outcome, cause, lateness is { } l ? Duration.FromSeconds(l) : null), (answer.Outcome, answer.Cause, answer.Lateness));
        Assert.Equal((row, Slot), (answer.Execution, answer.Start));
    }

    [Theory]
    [InlineData(ExecutionReason.Retry, 10, SlotCause.Retry)]
    [InlineData(ExecutionReason.Retry, -10, SlotCause.NoPlace)]
    [InlineData(ExecutionReason.Queued, null, SlotCause.Queued)]
    [InlineData(ExecutionReason.Queued, -10, SlotCause.NoPlace)]
    [InlineData(ExecutionReason.HandedBack, -10, SlotCause.HandedBack)]
    [InlineData(ExecutionReason.Reclaimed, -10, SlotCause.NodeLost)]
    public void Judge_PendingRow_WhatItWaitsFor(ExecutionReason reason, int? readyIn, SlotCause cause)
    {
        var row = Row(ExecutionStatus.Pending, reason) with { EndedAt = null, ReadyAt = readyIn is { } seconds ? Now + Duration.FromSeconds(seconds) : null };

        var answer = Judge(Facts with { Row = new SlotRow { Row = row, Near = [row] }, Store = Alive, Tenant = new TenantState() });

        Assert.Equal((SlotOutcome.Pending, cause), (answer.Outcome, answer.Cause));
    }

    [Theory]
    [InlineData(MisfireMode.Skip, SlotCause.Misfire)]
    [InlineData(MisfireMode.RunOnce, SlotCause.NoPlace)]
    [InlineData(MisfireMode.RunAll, SlotCause.NoPlace)]
    public void Judge_DueWithoutRow_WhatTheNextClaimWillSay(MisfireMode mode, SlotCause cause)
    {
        var misfire = mode switch { MisfireMode.Skip => MisfirePolicy.Skip, MisfireMode.RunAll => MisfirePolicy.RunAll(), _ => MisfirePolicy.RunOnce };
        var facts = Facts with { Job = Facts.Job with { Definition = Facts.Job.Definition with { Misfire = misfire } }, Store = Alive, Tenant = new TenantState() };

        var answer = Judge(facts);

        Assert.Equal((SlotOutcome.Due, cause, Duration.FromHours(6)), (answer.Outcome, answer.Cause, answer.Lateness));
    }

    [Fact]
    public void Judge_QueueOneAndOneRuns_WillWaitBehindIt()
    {
        var running = Row(ExecutionStatus.Running, ExecutionReason.None) with { Slots = null, Trigger = ExecutionTrigger.Manual };
        var job = Facts.Job with { OpenExecutions = 1, Definition = Facts.Job.Definition with { Overlap = OverlapPolicy.QueueOne } };

        var answer = Judge(Facts with { Job = job, Row = new SlotRow { Near = [running] }, Store = Alive, Tenant = new TenantState() });

        Assert.Equal((SlotOutcome.Due, SlotCause.Queued, running.Id), (answer.Outcome, answer.Cause, answer.BlockedBy?.Id));
    }

    [Fact]
    public void Judge_LimitHoldsIt_IsNotLateForThat()
    {
        var tenant = new TenantState { Limits = new TenantLimits { MaximumRunning = 1 }, Running = 1, HeldSince = Slot };
        var job = Facts.Job with { Definition = Facts.Job.Definition with { Misfire = MisfirePolicy.Skip } };

        Assert.Equal(SlotCause.TenantLimit, Judge(Facts with { Job = job, Tenant = tenant, Store = Alive }).Cause);
    }

    [Fact]
    public void Judge_FaultedJob_SaysWhatIsWrong()
    {
        var fault = new JobFault { Reason = JobFaultReason.UnknownZone, Message = "The zone 'Mars/Base' is unknown.", Since = Slot };
        var job = Facts.Job with { Definition = Facts.Job.Definition with { Schedule = Schedule.Cron("0 * * * *", "Mars/Base") }, Fault = fault, NextSlot = null };

        var answer = Judge(Facts with { Job = job });

        Assert.Equal((SlotOutcome.NoRow, SlotCause.Faulted), (answer.Outcome, answer.Cause));
        Assert.Contains("The zone 'Mars/Base' is unknown", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_UnknownZoneButARow_TheRowCounts()
    {
        var row = Row(ExecutionStatus.Succeeded, ExecutionReason.None);
        var job = Facts.Job with { Definition = Facts.Job.Definition with { Schedule = Schedule.Cron("0 * * * *", "Mars/Base") } };

        Assert.Equal((SlotOutcome.Ran, Slot), (Judge(Facts with { Job = job, Row = new SlotRow { Row = row, Near = [row] } }) is var answer ? answer.Outcome : default, answer.Start));
    }

    [Fact]
    public void Judge_RowOfAnotherScheduleSpansIt_IsNoSlot()
    {
        var asked = Slot + Duration.FromMinutes(30);
        var row = Row(ExecutionStatus.Missed, ExecutionReason.Edited) with { Slots = new SlotRange(Slot, Slot + Duration.FromHours(2), 3) };

        Assert.Equal(SlotOutcome.NotASlot, Judge(Facts with { Slot = asked, Row = new SlotRow { Row = row, Near = [row] } }).Outcome);
        Assert.Equal(SlotOutcome.Missed, Judge(Facts with { Slot = Slot + Duration.FromHours(1), Row = new SlotRow { Row = row, Near = [row] } }).Outcome);
    }

    [Fact]
    public void Judge_WidePauseAndOwnPauseThatIsOver_TheWideOneIsNamed()
    {
        var pauses = new PauseBook();
        pauses.Put(new ScopedPause { Scope = PauseScope.ForExecutor("other"), Pause = new Pause { Since = After(-60), By = "nobody" }, ResumedAt = After(-30) });
        pauses.Put(new ScopedPause { Scope = PauseScope.ForTenant(Acme), Pause = new Pause { Since = After(-10), By = "ann" }, ResumedAt = After(30) });
        var row = Row(ExecutionStatus.Skipped, ExecutionReason.Paused) with { CreatedAt = After(60), EndedAt = After(60) };

        var answer = Judge(Facts with { Pauses = pauses, Row = new SlotRow { Row = row, Near = [row] } });

        Assert.Equal((SlotCause.WidelyPaused, "ann", PauseScope.ForTenant(Acme)), (answer.Cause, answer.Pause?.By, answer.PauseScope));
    }

    [Fact]
    public void Judge_SpreadStart_TheSlotIsDueAtItsStart()
    {
        var job = Facts.Job with { Definition = Facts.Job.Definition with { Schedule = Schedule.Polling(PollingInterval.OneDay, hour: 12) } };
        var start = Judge(Facts with { Job = job }).Start!.Value;

        Assert.InRange(start, Slot + Duration.FromMilliseconds(1), Slot + Duration.FromMinutes(55));
        Assert.Equal(SlotOutcome.NotDue, Judge(Facts with { Job = job, Now = start - Duration.FromMilliseconds(1) }).Outcome);
        Assert.Equal(SlotOutcome.Due, Judge(Facts with { Job = job, Now = start, Store = Alive, Tenant = new TenantState() }).Outcome);
    }

    private static StoreStatus Alive { get; } = new() { StoreNow = Now, LiveProcesses = 1 };

    private static SlotFacts Facts { get; } = new()
    {
        Slot = Slot,
        Now = Now,
        Job = new Job
        {
            Id = JobId.New(After(-7_200)),
            Tenant = Acme,
            Definition = new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Interval(Duration.FromHours(1)) },
            Version = 1,
            CreatedAt = After(-7_200),
            UpdatedAt = After(-7_200),
            Anchor = Slot,
            LastSlot = After(-3_600),
            NextSlot = Slot,
            NextRunAt = Slot,
        },
    };

    private static SlotAnswer Judge(SlotFacts facts) => SlotJudge.Judge(facts, new DuePlanner());

    private static Instant After(int seconds) => Slot + Duration.FromSeconds(seconds);

    private static Execution Row(ExecutionStatus status, ExecutionReason reason) => new()
    {
        Id = ExecutionId.New(Slot),
        Tenant = Acme,
        JobKey = "job",
        Status = status,
        Reason = reason,
        Slots = SlotRange.Of(Slot),
        DueAt = Slot,
        CreatedAt = Slot,
        StartedAt = status is ExecutionStatus.Skipped or ExecutionStatus.Missed ? null : Slot,
        EndedAt = status.IsTerminal() ? After(1_000) : null,
    };
}
