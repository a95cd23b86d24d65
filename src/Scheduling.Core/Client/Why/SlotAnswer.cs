using NodaTime;
using Scheduling.Policies;

namespace Scheduling;

/// <summary>Why a slot of a job ran, ran late, was skipped, was missed or has not run yet (<see cref="ITenantJobs.WhyAsync"/>).</summary>
/// <remarks>
/// A snapshot: immutable and thread-safe. Times are those of the store's clock. Judged from the slot's row, the job, the pauses and, for what is still open, from the planner that nodes claim with and the state of the store.
/// </remarks>
public sealed record SlotAnswer
{
    /// <summary>The slot that was asked for.</summary>
    public Instant Slot { get; internal init; }

    /// <summary>When its work was or is to start: slot + spread; null when it is no slot.</summary>
    public Instant? Start { get; internal init; }

    /// <summary>The store's now when the answer was true.</summary>
    public Instant AsOf { get; internal init; }

    /// <summary>The job as stored then, with the pause of its tenant or executor if one was in force.</summary>
    public Job Job { get; internal init; } = new();

    /// <summary>What has become of it so far.</summary>
    public SlotOutcome Outcome { get; internal init; }

    /// <summary>Why; for a run, why it began late, or why it was given up.</summary>
    public SlotCause Cause { get; internal init; }

    /// <summary>The history row that answers for it; null when there is none.</summary>
    public Execution? Execution { get; internal init; }

    /// <summary>
    /// How long after <see cref="Start"/> the first attempt began, or, for work that is due and has not begun, how long it has been due. Up to the misfire threshold (60 s) that is an ordinary run.
    /// Null when nothing is due, or nothing ever began.
    /// </summary>
    public Duration? Lateness { get; internal init; }

    /// <summary>The execution of the same job that was or is in the way; null when none is known.</summary>
    public Execution? BlockedBy { get; internal init; }

    /// <summary>The pause that stopped or stops it: by whom, why and until when. A job's own pause is not kept when it has ended, and then this is null.</summary>
    public Pause? Pause { get; internal init; }

    /// <summary>What that pause stops; null for a pause of the job itself.</summary>
    public PauseScope? PauseScope { get; internal init; }

    /// <summary>The tenant's limits, when one of them holds it back; else null.</summary>
    public TenantLimits? Limits { get; internal init; }

    /// <summary>From when on no attempt may start any more; null when the schedule has no window, and when this is no slot.</summary>
    public Instant? WindowEnd { get; internal init; }

    /// <summary>The nearest slot before it, by the schedule as it is now; null when there is none.</summary>
    public Instant? PreviousSlot { get; internal init; }

    /// <summary>The nearest slot after it, by the schedule as it is now; null when there is none.</summary>
    public Instant? NextSlot { get; internal init; }

    /// <summary>The answer in a sentence or two of plain English, for people; contains texts of whoever paused or cancelled.</summary>
    public string Text => SlotText.Of(this);

    /// <summary>The answer in plain English.</summary>
    /// <returns>The same as <see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
