namespace Scheduling;

/// <summary>The tenant has a job of that key already.</summary>
public sealed class JobExistsException : Exception
{
    internal JobExistsException(Job existing)
        : base($"Tenant '{existing.Tenant}' has a job '{existing.Key}' already (id {existing.Id}): give another key, or use EnsureAsync to create or update.") => Existing = existing;

    /// <summary>The job that is there.</summary>
    public Job Existing { get; }
}
