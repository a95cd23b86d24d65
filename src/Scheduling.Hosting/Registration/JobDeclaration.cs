namespace Scheduling.Hosting;

/// <summary>A job that a program wants to be there.</summary>
internal sealed class JobDeclaration
{
    /// <summary>The tenant, not yet checked.</summary>
    public required string Tenant { get; init; }

    /// <summary>The job, not yet checked.</summary>
    public required JobDefinition Definition { get; init; }
}
