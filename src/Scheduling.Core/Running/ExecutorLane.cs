namespace Scheduling.Running;

/// <summary>An executor in this process and how many of its runs are active. The count needs the table's lock.</summary>
internal sealed class ExecutorLane(ExecutorRegistration registration, int nodeMaximum)
{
    public ExecutorRegistration Registration { get; } = registration;

    public string Key => Registration.Key;

    public int Maximum { get; } = Math.Min(registration.MaxConcurrentRuns ?? nodeMaximum, nodeMaximum);

    public int Active { get; set; }

    public int Free => Math.Max(0, Maximum - Active);
}
