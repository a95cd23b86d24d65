namespace Scheduling.Running;

/// <summary>An executor in this process and how many of its runs are active. The counts need the lock of the places.</summary>
internal sealed class ExecutorLane(ExecutorRegistration registration, int nodeMaximum)
{
    public ExecutorRegistration Registration { get; } = registration;

    public string Key => Registration.Key;

    public int Maximum { get; } = Math.Min(registration.MaxConcurrentRuns ?? nodeMaximum, nodeMaximum);

    public int Active { get; set; }

    /// <summary>How many places claims on their way may fill.</summary>
    public int Asked { get; set; }

    /// <summary>The free places that no claim asks for.</summary>
    public int Free => Math.Max(0, Maximum - Active - Asked);
}
