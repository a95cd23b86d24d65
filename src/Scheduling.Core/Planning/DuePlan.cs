using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Planning;

/// <summary>What the planner decided about one job: rows without a run, runs, and when to look again.</summary>
[Experimental("SCHED0001")]
public readonly record struct DuePlan
{
    private readonly PlannedRun? _run;

    /// <summary>Stretches of slots that are not run, oldest first; null for none.</summary>
    public IReadOnlyList<SlotGap>? Gaps { get; init; }

    /// <summary>The run to start or to queue, or null.</summary>
    public PlannedRun? Run
    {
        get => _run;
        init => _run = value;
    }

    /// <summary>The rest of a catch-up chain behind <see cref="Run"/>, oldest first, each waiting for the one before; null for none.</summary>
    public IReadOnlyList<SlotRange>? Chain { get; init; }

    /// <summary>The next slot; null when there is none.</summary>
    public Instant? NextSlot { get; init; }

    /// <summary>The start of <see cref="NextSlot"/>; may already have come, and then the job is due again at once.</summary>
    public Instant? NextStart { get; init; }

    /// <summary>The last slot that is answered for after this plan.</summary>
    public Instant? LastSlot { get; init; }

    /// <summary>Whether the job's pause has come to its end.</summary>
    public bool EndsPause { get; init; }

    /// <summary>Why the job must stand still, or null. Nothing else is decided then.</summary>
    public JobFault? Fault { get; init; }

    internal bool HasRun => _run.HasValue;

    /// <summary>The run where it lies: a store that looks at many plans in a row does not wait for copies of them.</summary>
    [UnscopedRef]
    internal ref readonly PlannedRun RunInPlace => ref Nullable.GetValueRefOrDefaultRef(in _run);
}
