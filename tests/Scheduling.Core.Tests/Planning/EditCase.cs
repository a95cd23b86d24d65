using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Makes and edits jobs as a store would, at times of March 2026.</summary>
internal static class EditCase
{
    public static readonly TenantId Tenant = new("acme");
    public static readonly JobEdits Edits = new(new DuePlanner());

    public static JobDefinition Definition(Schedule schedule) => new() { Key = "github", Executor = "integration.sync", Schedule = schedule };

    public static Job Made(Schedule schedule, string at) => Made(Definition(schedule), at);

    public static Job Made(JobDefinition definition, string at) => Edits.Create(Tenant, JobId.New(March.At(at)), definition, March.At(at));

    /// <summary>The job after its slots up to this one have been claimed.</summary>
    public static Job ClaimedUpTo(this Job job, string slot) =>
        Advanced(job, March.At(slot));

    public static JobEdit Change(this Job job, JobChange change, string at) => Edits.Change(job, change, March.At(at));

    public static JobEdit Pause(this Job job, string at, string? until = null, string? by = null, string? reason = null) =>
        Edits.Pause(job, new Pause { By = by, Reason = reason, Until = March.AtOrNull(until) }, March.At(at));

    public static JobEdit Resume(this Job job, string at) => Edits.Resume(job, March.At(at));

    /// <summary>What there is to see of an edit in one line.</summary>
    public static string Text(this JobEdit edit)
    {
        var next = PlanText.Of(new DuePlan { NextSlot = edit.Job.NextSlot, NextStart = edit.Job.NextRunAt });
        var gap = edit.Gap is { } row ? $"{row.Status}({row.Reason}) {March.Text(row.Slots)}; " : "";
        return $"{(edit.IsChange ? "v" + edit.Job.Version : "no change")}; {gap}{edit.Job.State}; {next}";
    }

    private static Job Advanced(Job job, Instant last)
    {
        var context = new DuePlanner().ContextOf(job.Tenant, job.Definition, job.Anchor);
        var next = job.Schedule.NextAfter(last, context);
        return job with { LastSlot = last, NextSlot = next, NextRunAt = next is { } slot ? job.Schedule.StartOf(slot, context) : null };
    }
}
