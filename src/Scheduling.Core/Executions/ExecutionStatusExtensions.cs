namespace Scheduling;

/// <summary>Questions about an <see cref="ExecutionStatus"/>.</summary>
public static class ExecutionStatusExtensions
{
    /// <summary>Whether the status is an end that is never left.</summary>
    /// <param name="status">The status.</param>
    /// <returns>False for <see cref="ExecutionStatus.Pending"/> and <see cref="ExecutionStatus.Running"/>.</returns>
    public static bool IsTerminal(this ExecutionStatus status) => status > ExecutionStatus.Running;

    /// <summary>Whether work was done to its end: <see cref="ExecutionStatus.Succeeded"/> or <see cref="ExecutionStatus.CompletedWithErrors"/>.</summary>
    /// <param name="status">The status.</param>
    /// <returns>True for the two.</returns>
    public static bool IsSuccess(this ExecutionStatus status) => status is ExecutionStatus.Succeeded or ExecutionStatus.CompletedWithErrors;
}
