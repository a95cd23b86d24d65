namespace Scheduling.Hosting;

/// <summary>Settings of one executor: the section <c>Scheduling:Executors:{key}</c>.</summary>
public sealed class ExecutorOptions
{
    /// <summary>The most runs of this executor at once in this process, 1-100,000; null (the default) for what the code said when it added the executor.</summary>
    public int? MaxConcurrentRuns { get; set; }
}
