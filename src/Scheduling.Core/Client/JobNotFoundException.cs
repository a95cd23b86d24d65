namespace Scheduling;

/// <summary>The tenant has no such job. Another tenant's job is not found either, and nothing tells the two apart.</summary>
public sealed class JobNotFoundException : Exception
{
    internal JobNotFoundException(TenantId tenant, JobRef job)
        : base($"Tenant '{tenant}' has no job {job}.") => (Tenant, Job) = (tenant, job);

    /// <summary>The tenant that was asked.</summary>
    public TenantId Tenant { get; }

    /// <summary>What was asked for.</summary>
    public JobRef Job { get; }
}
