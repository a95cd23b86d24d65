namespace Scheduling;

/// <summary>What an executor says about the work it did. The default value is success without a message.</summary>
/// <remarks>Throwing is as good as <see cref="Failed"/>; a result is for outcomes that are no surprise.</remarks>
public readonly record struct JobResult
{
    /// <summary>The most characters of a message; longer ones are cut: 2,048.</summary>
    public const int MaximumMessageLength = 2_048;

    private readonly ExecutionStatus _status;

    private JobResult(ExecutionStatus status, string? message, bool isPermanent) =>
        (_status, Message, IsPermanent) = (status, message, isPermanent);

    /// <summary>Succeeded, CompletedWithErrors or Failed.</summary>
    public ExecutionStatus Status => _status == default ? ExecutionStatus.Succeeded : _status;

    /// <summary>A text for the history, or null.</summary>
    public string? Message { get; }

    /// <summary>Whether a failure is final: no retry, whatever the retry policy says.</summary>
    public bool IsPermanent { get; }

    /// <summary>The work is done.</summary>
    /// <param name="message">A text for the history, or null.</param>
    /// <returns>The result.</returns>
    public static JobResult Success(string? message = null) => new(ExecutionStatus.Succeeded, message, isPermanent: false);

    /// <summary>The work is done, with errors worth a look. Counts as a success for retries and the last success.</summary>
    /// <param name="message">A text for the history, or null.</param>
    /// <returns>The result.</returns>
    public static JobResult CompletedWithErrors(string? message = null) => new(ExecutionStatus.CompletedWithErrors, message, isPermanent: false);

    /// <summary>The work failed; the job's retry policy decides what comes next.</summary>
    /// <param name="message">A text for the history.</param>
    /// <param name="isPermanent">True when trying again cannot help: no retry.</param>
    /// <returns>The result.</returns>
    public static JobResult Failed(string message, bool isPermanent = false) => new(ExecutionStatus.Failed, message, isPermanent);
}
