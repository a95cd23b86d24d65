using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>What creating, changing, pausing, resuming and deleting mean for a job. Pure: a store calls it with the stored job and its own now, under the row's lock, and writes what comes back.</summary>
/// <remarks>Immutable and thread-safe. May be called again when a store repeats a transaction.</remarks>
internal sealed class JobEdits
{
    private readonly DuePlanner _planner;

    public JobEdits(DuePlanner planner) => _planner = planner;

    /// <summary>Makes a job of a definition.</summary>
    /// <exception cref="SchedulingValidationException">The definition breaks a rule; every problem is named.</exception>
    public Job Create(TenantId tenant, JobId id, JobDefinition definition, Instant now)
    {
        var errors = JobDefinitionRules.Check(definition);
        var keyed = definition.Key is null ? definition with { Key = id.ToString() } : definition;
        var anchor = keyed.Schedule is null ? now : AnchorOf(keyed, now);
        var context = _planner.ContextOf(tenant, keyed, anchor);
        if (keyed.Schedule is not null)
            errors.AddRange(ScheduleValidation.Check(keyed.Schedule, now, context));
        JobDefinitionRules.Require(errors);
        var last = keyed.Schedule!.InitialLastSlot(now);
        var pause = keyed.Active ? null : new Pause { Since = now, Reason = "created inactive" };
        var (next, fault) = pause is null ? FirstDue(keyed.Schedule, last, context, now) : default;
        return new Job
        {
            Id = id,
            Tenant = tenant,
            Definition = keyed,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
            Anchor = anchor,
            LastSlot = last,
            Pause = pause,
            Fault = fault,
            NextSlot = next,
            NextRunAt = next is { } slot ? keyed.Schedule.StartOf(slot, context) : null,
            State = JobStates.Of(keyed.Schedule, pause, fault, next),
        };
    }

    /// <summary>Applies a partial update.</summary>
    /// <exception cref="SchedulingValidationException">The job would break a rule; nothing changes.</exception>
    public JobEdit Change(Job job, JobChange change, Instant now)
    {
        var definition = Applied(job.Definition, change);
        var edit = Redefine(job, definition, now);
        if (!change.Active.IsSet || change.Active.Value == job.Active)
            return edit;
        var toggled = change.Active.Value
            ? Resume(edit.Job, now)
            : Pause(edit.Job, new Pause { Since = now, Reason = "set inactive" }, now);
        return toggled with { Job = toggled.Job with { Version = job.Version + 1 }, Gap = edit.Gap ?? toggled.Gap };
    }

    /// <summary>Makes a job what a definition says, as <see cref="Change"/> does, but for key and active flag.</summary>
    public JobEdit Ensure(Job job, JobDefinition definition, Instant now)
    {
        var wanted = definition with
        {
            Key = job.Definition.Key,
            Active = job.Definition.Active,
            Anchor = definition.Anchor ?? job.Definition.Anchor,
            Source = job.Definition.Source,
        };
        return Redefine(job, wanted, now);
    }

    /// <summary>Pauses a job, or changes who, why and until when of its pause.</summary>
    public JobEdit Pause(Job job, Pause pause, Instant now)
    {
        RequireAfter(pause.Until, now);
        var wanted = job.Pause is { } current ? pause with { Since = current.Since } : pause with { Since = now };
        if (job.Pause == wanted)
            return new JobEdit { Job = job, IsChange = false };
        var gap = job.Pause is null ? Overdue(job, ExecutionReason.Paused, now) : null;
        return Edited(job with { Pause = wanted, LastSlot = gap?.Slots.Last ?? job.LastSlot }, gap, now);
    }

    /// <summary>Ends a pause: the job goes on from now, and the slots that passed meanwhile become one row.</summary>
    public JobEdit Resume(Job job, Instant now)
    {
        if (job.Pause is null)
            return new JobEdit { Job = job, IsChange = false };
        var gap = Passed(job, now);
        return Edited(job with { Pause = null, LastSlot = gap?.Slots.Last ?? job.LastSlot }, gap, now);
    }

    /// <summary>The row for the slots that were overdue, or that passed in a pause, when a job is deleted.</summary>
    public SlotGap? Delete(Job job, Instant now) => job.Pause is null ? Overdue(job, ExecutionReason.Deleted, now) : Passed(job, now);

    private JobEdit Redefine(Job job, JobDefinition definition, Instant now)
    {
        if (SameDefinition(job.Definition, definition))
            return new JobEdit { Job = job, IsChange = false };
        JobDefinitionRules.Require(JobDefinitionRules.Check(definition));
        if (!SameTimes(job.Definition, definition))
            return Reschedule(job, definition, now);
        var found = job.Fault?.Reason == JobFaultReason.NoExecutor && !string.Equals(job.Executor, definition.Executor, StringComparison.Ordinal);
        var redefined = job with { Definition = definition };
        return Edited(found ? Unparked(redefined) : redefined, gap: null, now, replan: false);
    }

    /// <summary>A job whose executor turned up: due at the slot it was parked at, so that the misfire policy decides about what passed.</summary>
    public Job Unparked(Job job)
    {
        var context = _planner.ContextOf(job.Tenant, job.Definition, job.Anchor);
        return job with
        {
            Fault = null,
            NextRunAt = job.NextSlot is { } slot ? job.Schedule.StartOf(slot, context) : null,
            State = JobStates.Of(job.Schedule, job.Pause, fault: null, job.NextSlot),
        };
    }

    private JobEdit Reschedule(Job job, JobDefinition definition, Instant now)
    {
        var gap = job.Pause is null ? Overdue(job, ExecutionReason.Edited, now) : Passed(job, now);
        var sameKind = definition.Schedule.HasSameKind(job.Schedule);
        var anchor = sameKind && definition.Anchor == job.Definition.Anchor ? job.Anchor : AnchorOf(definition, now);
        var context = _planner.ContextOf(job.Tenant, definition, anchor);
        JobDefinitionRules.Require([.. ScheduleValidation.Check(definition.Schedule, now, context)]);
        // A grid that begins anew begins like that of a new job: it is not due the moment it is made. One that stays began with the job, also where a pin or DISABLED hid it until now.
        var sameGrid = sameKind && anchor == job.Anchor;
        var last = Latest(gap?.Slots.Last ?? job.LastSlot, definition.Schedule.InitialLastSlot(sameGrid ? job.CreatedAt : now));
        if (job.Pause is not null)
            last = Latest(last, LastSecondStartedBefore(now, definition.Schedule, context));
        return Edited(job with { Definition = definition, Anchor = anchor, LastSlot = last, Fault = null, NextSlot = null }, gap, now);
    }

    private JobEdit Edited(Job job, SlotGap? gap, Instant now, bool replan = true)
    {
        var edited = job with { Version = job.Version + 1, UpdatedAt = now };
        return new JobEdit { Job = replan ? Planned(edited, now) : edited, Gap = gap };
    }

    /// <summary>Fills in next slot, next start and state. A parked job has a slot too, at which it goes on when its executor turns up.</summary>
    private Job Planned(Job job, Instant now)
    {
        var context = _planner.ContextOf(job.Tenant, job.Definition, job.Anchor);
        var isToRun = job.Pause is null && job.Fault is null or { Reason: JobFaultReason.NoExecutor };
        var (next, fault) = isToRun ? FirstDue(job.Schedule, job.LastSlot, context, now) : default;
        fault ??= job.Fault;
        return job with
        {
            Fault = fault,
            NextSlot = next,
            NextRunAt = next is { } slot ? job.Schedule.StartOf(slot, context) : null,
            State = JobStates.Of(job.Schedule, job.Pause, fault, next),
        };
    }

    /// <summary>The next slot, or why there is none: the zone was there when the schedule was given, but this node's zone data may be older than those of the node that took it.</summary>
    private static (Instant? Next, JobFault? Fault) FirstDue(Schedule schedule, Instant? lastSlot, in ScheduleContext context, Instant now)
    {
        try
        {
            return (schedule.FirstDue(now, lastSlot, context), null);
        }
        catch (ScheduleZoneException unknown)
        {
            return (null, new JobFault { Reason = JobFaultReason.UnknownZone, Message = unknown.Message, Since = now });
        }
    }

    private SlotGap? Overdue(Job job, ExecutionReason reason, Instant now)
    {
        if (job.NextSlot is not { } next)
            return null;
        var context = _planner.ContextOf(job.Tenant, job.Definition, job.Anchor);
        try
        {
            return PausedSlots.StartedBefore(job.Schedule, next, now, context) is { } slots ? new SlotGap(ExecutionStatus.Missed, reason, slots) : null;
        }
        catch (ScheduleZoneException)
        {
            // Without its zone only the planned slot is known, and an edit must still be able to mend the zone.
            return new SlotGap(ExecutionStatus.Missed, reason, SlotRange.Of(next));
        }
    }

    private SlotGap? Passed(Job job, Instant now)
    {
        if (job.Fault is { Reason: not JobFaultReason.NoExecutor })
            return null;
        var context = _planner.ContextOf(job.Tenant, job.Definition, job.Anchor);
        try
        {
            return PausedSlots.Before(job.Schedule, job.Pause!, now, job.LastSlot, context) is { } slots
                ? new SlotGap(ExecutionStatus.Skipped, ExecutionReason.Paused, slots)
                : null;
        }
        catch (ScheduleZoneException)
        {
            // Without its zone nobody can say which slots passed, and an edit must still be able to mend the zone.
            return null;
        }
    }

    private static JobDefinition Applied(JobDefinition d, JobChange c) => d with
    {
        Name = c.Name.Or(d.Name),
        Description = c.Description.Or(d.Description),
        Executor = c.Executor.Or(d.Executor),
        Schedule = c.Schedule.Or(d.Schedule),
        Payload = c.Payload.Or(d.Payload),
        Misfire = c.Misfire.Or(d.Misfire),
        Overlap = c.Overlap.Or(d.Overlap),
        Retry = c.Retry.Or(d.Retry),
        Timeout = c.Timeout.Or(d.Timeout),
        Orphans = c.Orphans.Or(d.Orphans),
        Anchor = c.Anchor.Or(d.Anchor),
        SpreadKey = c.SpreadKey.Or(d.SpreadKey),
    };

    // Schedules are equal by meaning, but "@daily" for "0 0 * * *" is still a change of what was written.
    private static bool SameDefinition(JobDefinition one, JobDefinition other) =>
        one == other && (one.Schedule is null || one.Schedule.IsWrittenLike(other.Schedule));

    private static bool SameTimes(JobDefinition one, JobDefinition other) =>
        other.Schedule.IsWrittenLike(one.Schedule) && one.Anchor == other.Anchor && string.Equals(one.SpreadKey, other.SpreadKey, StringComparison.Ordinal);

    private static Instant AnchorOf(JobDefinition definition, Instant now) =>
        definition.Anchor is { } given ? Floor(given) : definition.Schedule.AnchorFor(now);

    /// <summary>Refuses a pause that would end before it began.</summary>
    public static void RequireAfter(Instant? until, Instant now)
    {
        if (until <= now)
            throw new SchedulingValidationException(TooEarly(until.Value, now));
    }

    private static ValidationError TooEarly(Instant until, Instant now) => new()
    {
        Field = "until",
        Given = until.ToString(null, CultureInfo.InvariantCulture),
        Allowed = "a time after now",
        Message = string.Create(CultureInfo.InvariantCulture, $"until is {until}, and it is {now}: give a time after now, or null for \"until resumed\"."),
    };

    private static Instant Floor(Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    private static Instant? Latest(Instant? one, Instant? other) => one is { } a && other is { } b ? Instant.Max(a, b) : one ?? other;

    /// <summary>The boundary from which on slots count whose start lies at or after now.</summary>
    private static Instant LastSecondStartedBefore(Instant now, Schedule schedule, in ScheduleContext context) =>
        Floor(now - schedule.SpreadOf(context) - Duration.FromNanoseconds(1));
}
