using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>A slot's answer in plain English, the same in every culture.</summary>
internal static class SlotText
{
    private static readonly InstantPattern Times = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss.FFF 'UTC'");

    public static string Of(SlotAnswer answer) => answer.Outcome switch
    {
        SlotOutcome.NotASlot => NotASlot(answer),
        SlotOutcome.NotDue => NotDue(answer),
        SlotOutcome.Due => $"{Slot(answer)} is due since {At(answer.Start)} ({Length(answer.Lateness)}) and has not started: {Waiting(answer)}.",
        SlotOutcome.Pending => $"{Slot(answer)} has an execution that waits: {Waiting(answer)}.",
        SlotOutcome.Running => $"{Slot(answer)} runs since {At(answer.Execution?.StartedAt)}{On(answer)}{Late(answer)}{Attempts(answer)}.{Lost(answer)}",
        SlotOutcome.Ran => $"{Slot(answer)} {Ran(answer)}{Late(answer)}{Attempts(answer)}.",
        SlotOutcome.Counted => $"{Slot(answer)} was counted into the run for {At(answer.Execution?.ScheduledFor)}: {CountedBecause(answer)}.",
        SlotOutcome.Skipped => $"{Slot(answer)} was skipped: {PassedBecause(answer)}.",
        SlotOutcome.Missed => $"{Slot(answer)} was missed: {PassedBecause(answer)}.",
        SlotOutcome.Cancelled => $"{Slot(answer)} was cancelled before it started{Quoted(", because ", answer.Execution?.CancelReason)}.",
        _ => $"{Slot(answer)} has no row: {NoRowBecause(answer)}.",
    };

    private static string NotASlot(SlotAnswer answer)
    {
        var nearest = (answer.PreviousSlot, answer.NextSlot) switch
        {
            (null, null) => "it names none at all",
            (null, { } next) => $"its first one is {At(next)}",
            ({ } previous, null) => $"its last one is {At(previous)}",
            ({ } previous, { } next) => $"the nearest are {At(previous)} and {At(next)}",
        };
        return $"{At(answer.Slot)} is no slot of job '{answer.Job.Key}' by its schedule as it is now: {nearest}.";
    }

    private static string NotDue(SlotAnswer answer)
    {
        var text = $"{Slot(answer)} is not due yet: it starts at {At(answer.Start)}";
        return answer.Cause == SlotCause.None ? $"{text}." : $"{text}, and as things are it will not run: {Waiting(answer)}.";
    }

    private static string Ran(SlotAnswer answer)
    {
        var row = answer.Execution!;
        var text = $"ran: {row.Status}, from {At(row.StartedAt)} to {At(row.EndedAt)}{On(answer)}";
        return answer.Cause switch
        {
            SlotCause.NodeLost => $"{text}; it was given up because its node was lost",
            SlotCause.Poisoned => $"{text}; it was given up after three starts that nobody settled",
            SlotCause.WindowClosed => $"{text}; it was given up because its window closed before it could start again",
            _ => text,
        };
    }

    private static string Late(SlotAnswer answer) => answer.Cause switch
    {
        SlotCause.NotClaimed => $"; it began {Length(answer.Lateness)} late, because no node claimed it before: they were down or full, or a limit of the tenant held it back{Earlier(answer)}",
        SlotCause.Queued => $"; it began {Length(answer.Lateness)} after its start, because it waited for execution {answer.BlockedBy?.Id} to end{Earlier(answer)}",
        SlotCause.HandedBack => $"; it began {Length(answer.Lateness)} late, because a stopping node gave it back",
        _ => $"; it began {(answer.Lateness > Duration.Zero ? $"{Length(answer.Lateness)} after its start" : "on time")}{Earlier(answer)}",
    };

    private static string Earlier(SlotAnswer answer) => answer.Execution?.MissedCount switch
    {
        null or 0 => "",
        1 => ", with 1 earlier slot counted in",
        var count => string.Create(CultureInfo.InvariantCulture, $", with {count} earlier slots counted in"),
    };

    private static string Attempts(SlotAnswer answer) =>
        answer.Execution is { Attempt: > 1 } row ? string.Create(CultureInfo.InvariantCulture, $"; attempt {row.Attempt}") : "";

    private static string Lost(SlotAnswer answer) => answer.Cause == SlotCause.NodeLost ? " Its node's lease has ended and no node is alive: it starts again when one comes, as the job's orphan policy says." : "";

    private static string CountedBecause(SlotAnswer answer) => answer.Cause == SlotCause.Overlap
        ? $"execution {answer.BlockedBy?.Id} was not finished, and one run waited for all"
        : "no node claimed it in time, and the misfire policy runs the latest slot only";

    private static string PassedBecause(SlotAnswer answer) => answer.Cause switch
    {
        SlotCause.Overlap => answer.BlockedBy is { } blocking ? $"execution {blocking.Id} of the same job was not finished" : "an earlier execution of the same job was not finished",
        SlotCause.JobPaused or SlotCause.WidelyPaused when answer.Outcome == SlotOutcome.Missed => $"it was overdue when {Paused(answer, isOver: true)}",
        SlotCause.JobPaused or SlotCause.WidelyPaused => Paused(answer, isOver: true),
        var cause => Policy(cause, answer),
    };

    private static string Waiting(SlotAnswer answer) => answer.Cause switch
    {
        SlotCause.JobPaused or SlotCause.WidelyPaused => Paused(answer, isOver: false),
        SlotCause.Faulted => $"the job stands still since {At(answer.Job.Fault?.Since)}: {answer.Job.Fault?.Message.TrimEnd('.')}",
        SlotCause.NoExecutor => $"no node has the executor '{answer.Job.Executor}'",
        SlotCause.NoNode => "no node is alive",
        SlotCause.NoPlace => "nothing forbids it; nodes take it when they have a free place",
        SlotCause.TenantLimit => string.Create(CultureInfo.InvariantCulture, $"the tenant has as many executions running as it may have ({answer.Limits?.MaximumRunning})"),
        SlotCause.TenantRate => $"the tenant's rate{Rate(answer)} allows no further start yet",
        SlotCause.Overlap => $"execution {answer.BlockedBy?.Id} of the same job is not finished, so the next claim will skip it",
        SlotCause.Queued => answer.BlockedBy is { } blocking ? $"execution {blocking.Id} of the same job is not finished" : "an earlier execution of the same job is not finished",
        SlotCause.Retry => $"its last attempt failed, and it is tried again at {At(answer.Execution?.ReadyAt)}",
        SlotCause.HandedBack => "a stopping node gave it back, and nodes take it when they have a free place",
        SlotCause.NodeLost => "its node was lost, and nodes take it when they have a free place",
        var cause => $"{Policy(cause, answer)}, which the next claim will write down",
    };

    private static string Policy(SlotCause cause, SlotAnswer answer) => cause switch
    {
        SlotCause.WindowClosed => $"its window closed at {At(answer.WindowEnd)} before it could start",
        SlotCause.TooOld => "it was older than the age limit of the job's misfire policy",
        SlotCause.Misfire => "no node claimed it in time, and the job's misfire policy skips late runs",
        SlotCause.ChainLimit => "more slots were overdue than a catch-up chain may have",
        SlotCause.Edited => "the schedule was changed while it was overdue",
        _ => "the reason is not known to this version",
    };

    private static string NoRowBecause(SlotAnswer answer) => answer.Cause switch
    {
        SlotCause.BeforeJob => $"it lies before the job, which was made at {At(answer.Job.CreatedAt)}",
        SlotCause.HistoryGone => "history is kept for a limited time, and this was before",
        SlotCause.ScheduleChanged => $"when it came, the job had another schedule or stood still; its definition changed last at {At(answer.Job.UpdatedAt)}",
        _ => Waiting(answer),
    };

    private static string Paused(SlotAnswer answer, bool isOver)
    {
        var verb = isOver ? "was" : "is";
        var what = answer.PauseScope is { } scope ? $"the {scope}" : "the job";
        if (answer.Pause is not { } pause)
            return $"{what} {verb} paused";
        var until = pause.Until is { } end ? $", until {At(end)}" : isOver ? "" : ", until somebody resumes it";
        return $"{what} {verb} paused since {At(pause.Since)}{Quoted(" by ", pause.By)}{Quoted(", because ", pause.Reason)}{until}";
    }

    private static string Rate(SlotAnswer answer) =>
        answer.Limits?.MaximumRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $" ({rate.Runs} starts in {EnglishDuration.Precise(rate.Per)})") : "";

    private static string Slot(SlotAnswer answer) => $"The slot {At(answer.Slot)} of job '{answer.Job.Key}'";

    private static string On(SlotAnswer answer) => Quoted(" on ", answer.Execution?.Node);

    private static string Quoted(string before, string? text) => text is null ? "" : $"{before}'{text}'";

    private static string Length(Duration? duration) => EnglishDuration.Precise(duration ?? Duration.Zero);

    private static string At(Instant? instant) => instant is { } at ? Times.Format(at) : "never";
}
