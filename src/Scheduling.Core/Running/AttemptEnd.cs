using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>How an attempt ended: with a result, or with what it threw.</summary>
internal readonly record struct AttemptEnd
{
    public AttemptEnd(JobResult result) => Result = result;

    public AttemptEnd(Exception exception) => Exception = exception;

    public JobResult Result { get; }

    public Exception? Exception { get; }

    /// <summary>Whether the attempt reported an event of level error.</summary>
    public bool HasErrors { get; init; }

    /// <summary>The secrets that the attempt was handed, to be kept out of what is written; null for none.</summary>
    public SecretRedactor? Redactor { get; init; }

    /// <summary>What the attempt reported and the store has not heard yet.</summary>
    public RunReport? Report { get; init; }
}
