using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>What would become of a definition if it were written now. Nothing was stored.</summary>
/// <remarks>Immutable and thread-safe. Somebody else's write may make it untrue at any time.</remarks>
public sealed record JobPreview
{
    /// <summary>The job as it would be; null when the definition is not valid.</summary>
    public Job? Job { get; internal init; }

    /// <summary>The job of that key as it is; null when it would be a new one.</summary>
    public Job? Existing { get; internal init; }

    /// <summary>The schedule of the job in plain English; empty when the definition is not valid.</summary>
    public string Description { get; internal init; } = "";

    /// <summary>The next runs, with local time and what is unusual about each. Pauses aside: a paused job shows when it would run if it were resumed now. Empty for schedules without runs, and when the definition is not valid.</summary>
    public IReadOnlyList<SlotPreview> Runs { get; internal init; } = [];

    /// <summary>Why the definition is not valid; empty when it is.</summary>
    public IReadOnlyList<ValidationError> Errors { get; internal init; } = [];

    /// <summary>The operator's rules that it breaks; empty when it breaks none.</summary>
    public IReadOnlyList<AdmissionRefusal> Refusals { get; internal init; } = [];

    /// <summary>What is legal about it but probably not meant.</summary>
    public IReadOnlyList<JobWarning> Warnings { get; internal init; } = [];

    /// <summary>Whether writing it would work.</summary>
    public bool IsAccepted => Errors.Count == 0 && Refusals.Count == 0;
}
