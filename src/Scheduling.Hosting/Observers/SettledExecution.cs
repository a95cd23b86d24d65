using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>What became of an execution by an attempt in this process, as the store has it.</summary>
/// <remarks>Immutable and thread-safe. Secrets that the run was handed are masked in all texts.</remarks>
public sealed record SettledExecution
{
    /// <summary>The attempt.</summary>
    public StartedExecution Started { get; init; } = new();

    /// <summary>The execution's status now: its end, or <see cref="ExecutionStatus.Pending"/> when it is going to start again.</summary>
    public ExecutionStatus Status { get; init; }

    /// <summary>Why: for an end and a retry the attempt's own reason, such as <see cref="ExecutionReason.Exception"/>; <see cref="ExecutionReason.HandedBack"/> when the node stops.</summary>
    public ExecutionReason Reason { get; init; }

    /// <summary>The wait before the next attempt; null unless the attempt failed and is retried.</summary>
    public Duration? RetryAfter { get; init; }

    /// <summary>What the executor said, or null.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public ExecutionError? Error { get; init; }

    /// <summary>How long it took from the start of the work until the store had the result, by this process's clock.</summary>
    public Duration Elapsed { get; init; }

    internal static SettledExecution Of(StartedExecution started, Settlement result, TimeSpan elapsed) => new()
    {
        Started = started,
        Status = result.Kind == SettlementKind.End ? result.Status : ExecutionStatus.Pending,
        Reason = result.Reason,
        RetryAfter = result.Kind == SettlementKind.Retry ? result.RetryAfter : null,
        Message = result.Message,
        Error = result.Error,
        Elapsed = Duration.FromTimeSpan(elapsed),
    };
}
