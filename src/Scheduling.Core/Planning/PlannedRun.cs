using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Planning;

/// <summary>An execution that a plan asks for.</summary>
[Experimental("SCHED0001")]
public readonly record struct PlannedRun
{
    private readonly SlotRange _slots;

    /// <summary>Makes a planned run.</summary>
    /// <param name="slots">The slot it runs for last, and the missed ones counted into it before.</param>
    /// <param name="waits">Whether it waits for the job's earlier execution to end.</param>
    public PlannedRun(SlotRange slots, bool waits) => (_slots, Waits) = (slots, waits);

    /// <summary>The slot it runs for last, and the missed ones counted into it before.</summary>
    public SlotRange Slots => _slots;

    /// <summary>Whether it waits for the job's earlier execution to end: a queued run, or one further down a catch-up chain.</summary>
    public bool Waits { get; }

    [UnscopedRef]
    internal ref readonly SlotRange SlotsInPlace => ref _slots;
}
