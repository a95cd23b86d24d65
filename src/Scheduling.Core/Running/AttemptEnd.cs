namespace Scheduling.Running;

/// <summary>How an attempt ended: with a result, or with what it threw.</summary>
internal readonly record struct AttemptEnd
{
    public AttemptEnd(JobResult result) => Result = result;

    public AttemptEnd(Exception exception) => Exception = exception;

    public JobResult Result { get; }

    public Exception? Exception { get; }
}
