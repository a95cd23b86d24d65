using NodaTime;

namespace Scheduling.Promise;

/// <summary>A job as the model knows it.</summary>
internal sealed class PromiseJob(Job job, long every)
{
    public JobId Id { get; } = job.Id;

    public TenantId Tenant { get; } = job.Tenant;

    public string Key { get; } = job.Key;

    public JobDefinition Definition { get; } = job.Definition;

    public SlotLedger Slots { get; } = new(job.CreatedAt, every);

    public bool IsPaused { get; set; }

    /// <summary>The rows as they were seen last.</summary>
    public Dictionary<ExecutionId, Execution> Rows { get; set; } = [];
}
