using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Client;

/// <summary>What people read about a slot: every outcome and cause, word by word.</summary>
public class SlotTextTests
{
    private static readonly Instant Slot = Instant.FromUtc(2026, 3, 4, 12, 0);
    private static readonly ExecutionId Other = ExecutionId.Parse("019cadfe-7360-7000-a626-c2d5a3d3c1e9");

    public static TheoryData<SlotOutcome, SlotCause, string> Texts => new()
    {
        { SlotOutcome.NotASlot, SlotCause.None, "2026-03-04 12:00:00 UTC is no slot of job 'github' by its schedule as it is now: the nearest are 2026-03-04 11:30:00 UTC and 2026-03-04 12:30:00 UTC." },
        { SlotOutcome.NotDue, SlotCause.None, "{slot} is not due yet: it starts at 2026-03-04 12:00:05.25 UTC." },
        { SlotOutcome.NotDue, SlotCause.JobPaused, "{slot} is not due yet: it starts at 2026-03-04 12:00:05.25 UTC, and as things are it will not run: {paused is}." },
        { SlotOutcome.Due, SlotCause.WidelyPaused, "{due}: {paused is}." },
        { SlotOutcome.Due, SlotCause.NoExecutor, "{due}: no node has the executor 'integration.sync'." },
        { SlotOutcome.Due, SlotCause.NoNode, "{due}: no node is alive." },
        { SlotOutcome.Due, SlotCause.NoPlace, "{due}: nothing forbids it; nodes take it when they have a free place." },
        { SlotOutcome.Due, SlotCause.TenantLimit, "{due}: the tenant has as many executions running as it may have (3)." },
        { SlotOutcome.Due, SlotCause.TenantRate, "{due}: the tenant's rate (10 starts in 1 h) allows no further start yet." },
        { SlotOutcome.Due, SlotCause.Overlap, "{due}: execution 019cadfe-7360-7000-a626-c2d5a3d3c1e9 of the same job is not finished, so the next claim will skip it." },
        { SlotOutcome.Due, SlotCause.WindowClosed, "{due}: its window closed at 2026-03-04 13:00:00 UTC before it could start, which the next claim will write down." },
        { SlotOutcome.Pending, SlotCause.Queued, "{slot} has an execution that waits: execution 019cadfe-7360-7000-a626-c2d5a3d3c1e9 of the same job is not finished." },
        { SlotOutcome.Pending, SlotCause.Retry, "{slot} has an execution that waits: its last attempt failed, and it is tried again at 2026-03-04 12:10:00 UTC." },
        { SlotOutcome.Pending, SlotCause.NodeLost, "{slot} has an execution that waits: its node was lost, and nodes take it when they have a free place." },
        { SlotOutcome.Pending, SlotCause.HandedBack, "{slot} has an execution that waits: a stopping node gave it back, and nodes take it when they have a free place." },
        { SlotOutcome.Running, SlotCause.None, "{slot} runs since 2026-03-04 12:02:00 UTC on 'node-1'; it began 2 min after its start, with 4 earlier slots counted in; attempt 2." },
        { SlotOutcome.Running, SlotCause.NodeLost, "{slot} runs since 2026-03-04 12:02:00 UTC on 'node-1'; it began 2 min after its start, with 4 earlier slots counted in; attempt 2. Its node's lease has ended and no node is alive: it starts again when one comes, as the job's orphan policy says." },
        { SlotOutcome.Ran, SlotCause.None, "{ran}; it began 2 min after its start, with 4 earlier slots counted in; attempt 2." },
        { SlotOutcome.Ran, SlotCause.NotClaimed, "{ran}; it began 2 min late, because no node claimed it before: they were down or full, or a limit of the tenant held it back, with 4 earlier slots counted in; attempt 2." },
        { SlotOutcome.Ran, SlotCause.Queued, "{ran}; it began 2 min after its start, because it waited for execution 019cadfe-7360-7000-a626-c2d5a3d3c1e9 to end, with 4 earlier slots counted in; attempt 2." },
        { SlotOutcome.Ran, SlotCause.HandedBack, "{ran}; it began 2 min late, because a stopping node gave it back; attempt 2." },
        { SlotOutcome.Ran, SlotCause.Poisoned, "{ran}; it was given up after three starts that nobody settled; it began 2 min after its start, with 4 earlier slots counted in; attempt 2." },
        { SlotOutcome.Counted, SlotCause.NotClaimed, "{slot} was counted into the run for 2026-03-04 12:00:00 UTC: no node claimed it in time, and the misfire policy runs the latest slot only." },
        { SlotOutcome.Counted, SlotCause.Overlap, "{slot} was counted into the run for 2026-03-04 12:00:00 UTC: execution 019cadfe-7360-7000-a626-c2d5a3d3c1e9 was not finished, and one run waited for all." },
        { SlotOutcome.Skipped, SlotCause.Overlap, "{slot} was skipped: execution 019cadfe-7360-7000-a626-c2d5a3d3c1e9 of the same job was not finished." },
        { SlotOutcome.Skipped, SlotCause.JobPaused, "{slot} was skipped: {paused was}." },
        { SlotOutcome.Skipped, SlotCause.Misfire, "{slot} was skipped: no node claimed it in time, and the job's misfire policy skips late runs." },
        { SlotOutcome.Missed, SlotCause.WidelyPaused, "{slot} was missed: it was overdue when {paused was}." },
        { SlotOutcome.Missed, SlotCause.TooOld, "{slot} was missed: it was older than the age limit of the job's misfire policy." },
        { SlotOutcome.Missed, SlotCause.ChainLimit, "{slot} was missed: more slots were overdue than a catch-up chain may have." },
        { SlotOutcome.Missed, SlotCause.Edited, "{slot} was missed: the schedule was changed while it was overdue." },
        { SlotOutcome.Cancelled, SlotCause.CancelRequested, "{slot} was cancelled before it started, because 'not needed'." },
        { SlotOutcome.NoRow, SlotCause.BeforeJob, "{slot} has no row: it lies before the job, which was made at 2026-03-04 10:00:00 UTC." },
        { SlotOutcome.NoRow, SlotCause.HistoryGone, "{slot} has no row: history is kept for a limited time, and this was before." },
        { SlotOutcome.NoRow, SlotCause.ScheduleChanged, "{slot} has no row: when it came, the job had another schedule or stood still; its definition changed last at 2026-03-04 11:00:00 UTC." },
        { SlotOutcome.NoRow, SlotCause.Faulted, "{slot} has no row: the job stands still since 2026-03-04 12:00:00 UTC: The zone is unknown." },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_EachOutcome_IsPlainEnglish(SlotOutcome outcome, SlotCause cause, string expected)
    {
        var who = cause == SlotCause.WidelyPaused ? "the tenant 'acme'" : "the job";
        var pause = "paused since 2026-03-04 09:00:00 UTC by 'ann', because 'upstream is down', until 2026-03-05 00:00:00 UTC";
        var full = expected
            .Replace("{due}", "{slot} is due since 2026-03-04 12:00:05.25 UTC (2 min) and has not started", StringComparison.Ordinal)
            .Replace("{ran}", "{slot} ran: Succeeded, from 2026-03-04 12:02:00 UTC to 2026-03-04 12:03:00 UTC on 'node-1'", StringComparison.Ordinal)
            .Replace("{slot}", "The slot 2026-03-04 12:00:00 UTC of job 'github'", StringComparison.Ordinal)
            .Replace("{paused is}", $"{who} is {pause}", StringComparison.Ordinal)
            .Replace("{paused was}", $"{who} was {pause}", StringComparison.Ordinal);

        var answer = Answer(outcome, cause);

        Assert.Equal(full, answer.Text);
        Assert.Equal(answer.Text, answer.ToString());
    }

    [Fact]
    public void Text_EveryOutcomeAndCause_IsASentence()
    {
        foreach (var outcome in Enum.GetValues<SlotOutcome>())
        {
            foreach (var cause in Enum.GetValues<SlotCause>())
            {
                Assert.EndsWith(".", Answer(outcome, cause).Text, StringComparison.Ordinal);
                Assert.EndsWith(".", new SlotAnswer { Outcome = outcome, Cause = cause, Execution = new Execution() }.Text, StringComparison.Ordinal);
            }
        }
    }

    private static SlotAnswer Answer(SlotOutcome outcome, SlotCause cause) => new()
    {
        Slot = Slot,
        Start = Slot + Duration.FromMilliseconds(5_250),
        AsOf = Slot + Duration.FromMinutes(5),
        Outcome = outcome,
        Cause = cause,
        Lateness = Duration.FromMinutes(2),
        PreviousSlot = Slot - Duration.FromMinutes(30),
        NextSlot = Slot + Duration.FromMinutes(30),
        WindowEnd = Slot + Duration.FromHours(1),
        Limits = new TenantLimits { MaximumRunning = 3, MaximumRate = new RunRate(10, Duration.FromHours(1)) },
        Pause = new Pause { Since = Slot - Duration.FromHours(3), By = "ann", Reason = "upstream is down", Until = Slot + Duration.FromHours(12) },
        PauseScope = cause == SlotCause.WidelyPaused ? PauseScope.ForTenant(new TenantId("acme")) : null,
        BlockedBy = new Execution { Id = Other },
        Job = new Job
        {
            Definition = new JobDefinition { Key = "github", Executor = "integration.sync", Schedule = Schedule.Manual },
            CreatedAt = Slot - Duration.FromHours(2),
            UpdatedAt = Slot - Duration.FromHours(1),
            Fault = new JobFault { Reason = JobFaultReason.UnknownZone, Message = "The zone is unknown.", Since = Slot },
        },
        Execution = new Execution
        {
            Status = ExecutionStatus.Succeeded,
            Slots = new SlotRange(Slot - Duration.FromHours(2), Slot, 5),
            StartedAt = Slot + Duration.FromMinutes(2),
            EndedAt = Slot + Duration.FromMinutes(3),
            ReadyAt = Slot + Duration.FromMinutes(10),
            Attempt = 2,
            Node = "node-1",
            CancelReason = "not needed",
        },
    };
}
