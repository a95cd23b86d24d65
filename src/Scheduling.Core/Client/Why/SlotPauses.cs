using NodaTime;

namespace Scheduling;

/// <summary>Finds the pause that a slot met.</summary>
internal sealed class SlotPauses(SlotFacts facts)
{
    /// <summary>The wide pause that stops the job now: of several the one that ends last.</summary>
    public ScopedPause? InForce() => facts.Pauses.Holding(facts.Job.Tenant, facts.Job.Executor, facts.Now);

    /// <summary>Names the pause that a slot fell into (Skipped), or that began while it was overdue (Missed). A job's own pause leaves nothing behind when it ends; wide ones do.</summary>
    public SlotAnswer Explain(SlotAnswer answer)
    {
        var start = answer.Start!.Value;
        var decided = answer.Execution?.EndedAt ?? facts.Now;
        if (facts.Job.Pause is { } own && Met(start, own.Since, end: null, decided))
            return answer with { Cause = SlotCause.JobPaused, Pause = own };
        var met = facts.Pauses.All.Where(pause => Met(start, pause.Pause.Since, pause.End, decided)).ToList();
        var wide = met.Find(pause => pause.Pause.Since <= start) ?? met.MinBy(static pause => pause.Pause.Since);
        return wide is null
            ? answer with { Cause = SlotCause.JobPaused }
            : answer with { Cause = SlotCause.WidelyPaused, Pause = wide.Pause, PauseScope = wide.Scope };
    }

    private static bool Met(Instant start, Instant since, Instant? end, Instant decided) => since <= decided && !(end <= start);
}
