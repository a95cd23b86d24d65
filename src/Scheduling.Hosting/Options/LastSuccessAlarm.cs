namespace Scheduling.Hosting;

/// <summary>A job whose last success must not be too old: the health check says so when it is. Against jobs that silently stop to run, whatever the cause.</summary>
public sealed class LastSuccessAlarm
{
    /// <summary>The owner of the job, 1-128 characters.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>The job's key, 1-128 characters.</summary>
    public string Job { get; set; } = "";

    /// <summary>How old the start of its last successful run may be, 1 s - 365 d. A job without one is judged by when it was created. Give it twice the time between two runs, or more.</summary>
    public TimeSpan OlderThan { get; set; }
}
