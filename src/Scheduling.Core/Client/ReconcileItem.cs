namespace Scheduling;

/// <summary>What became of one job when a set was reconciled.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReconcileItem
{
    /// <summary>The job's key.</summary>
    public string Key { get; internal init; } = "";

    /// <summary>What was done, or would be.</summary>
    public ReconcileAction Action { get; internal init; }

    /// <summary>The job as it was before; null for one that was not there.</summary>
    public Job? Before { get; internal init; }

    /// <summary>The job as it is now, or would be; null for one that was deleted or refused.</summary>
    public Job? After { get; internal init; }

    /// <summary>Why it was refused: a <see cref="SchedulingValidationException"/> or an <see cref="AdmissionException"/>; else null.</summary>
    public Exception? Error { get; internal init; }
}
