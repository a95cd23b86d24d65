namespace Scheduling;

/// <summary>A run now was refused: the job has an execution that is not finished, and its overlap policy allows no other.</summary>
public sealed class JobAlreadyRunningException : Exception
{
    internal JobAlreadyRunningException(Execution execution)
        : base($"Job '{execution.JobKey}' of tenant '{execution.Tenant}' has execution {execution.Id}, which is {execution.Status}: wait for its end, cancel it, or let the job overlap (OverlapPolicy).") => Execution = execution;

    /// <summary>The execution in the way.</summary>
    public Execution Execution { get; }
}
