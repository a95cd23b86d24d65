using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;

namespace Scheduling.Storage;

/// <content>Executions made of plans, and their starts.</content>
internal sealed partial class MemoryClaim
{
    private void StartPlanned(Lane lane, JobEntry job, in ScheduleContext context, in DuePlan plan)
    {
        ref readonly var planned = ref plan.RunInPlace;
        var chain = plan.Chain;
        var run = Add(job, context, planned.SlotsInPlace, planned.Waits ? ExecutionStatus.Pending : ExecutionStatus.Running);
        var last = run;
        for (var i = 0; i < chain?.Count; i++)
        {
            var next = Add(job, context, chain[i], ExecutionStatus.Pending);
            (last.NextInChain, next.PreviousInChain) = (next, last);
            last = next;
        }
        if (!planned.Waits)
            Start(lane, run, LagSince(Ticks.ToInstant(run.DueAt), job.Turn));
    }

    /// <summary>Adds an execution: one that is about to start, or a pending one that waits for another to end.</summary>
    private RunEntry Add(JobEntry job, in ScheduleContext context, in SlotRange slots, ExecutionStatus status)
    {
        var waits = status == ExecutionStatus.Pending;
        var run = _state.NewRun(job, _now);
        run.Trigger = ExecutionTrigger.Schedule;
        run.Status = status;
        run.Reason = waits ? ExecutionReason.Queued : ExecutionReason.None;
        run.Slots = SlotTicks.Of(slots);
        run.DueAt = Ticks.Of(job.Definition.Schedule.StartOf(slots.Last, context));
        run.ReadyAt = waits ? Ticks.None : _ticks;
        run.Waits = waits;
        MemoryRuns.Add(_state, run);
        return run;
    }

    private void Start(Lane lane, RunEntry run, Duration lag)
    {
        MemoryRuns.Start(run, _process, _request.Number, _ticks);
        _runs.Add(ClaimedRunOf(run, lag));
        run.Job.Tenant.BusyClaim = _serial;
        lane.Free--;
        _free--;
    }

    private Duration LagSince(Instant due, TurnEntry turn)
    {
        var judged = Ticks.ToInstantOrNull(turn.HeldSince) is { } held && held < _now ? held : _now;
        return Duration.Max(Duration.Zero, judged - due);
    }

    private static ClaimedRun ClaimedRunOf(RunEntry run, Duration lag) => new()
    {
        Id = run.Id,
        Tenant = run.Job.Tenant.Id,
        JobId = run.Job.Id,
        Definition = run.Job.Definition,
        JobVersion = run.JobVersion,
        Trigger = run.Trigger,
        Slots = run.Slots.ToRange(),
        DueAt = Ticks.ToInstant(run.DueAt),
        StartedAt = Ticks.ToInstant(run.StartedAt),
        Lag = lag,
        Attempt = run.Attempt,
        Failures = run.Failures,
        Token = run.Token,
        EventCount = run.Notes?.Events.Count ?? 0,
        EventBytes = run.Notes?.Bytes ?? 0,
        TraceParent = run.TraceParent,
        PreviousRun = run.Job.RunBefore(run),
        LastSuccessAt = Ticks.ToInstantOrNull(run.Job.LastSuccessAt),
    };
}
