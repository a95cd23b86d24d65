namespace Scheduling.Hosting.Tests;

/// <summary>What a service of a scope would know of the tenant it works for.</summary>
internal sealed class CurrentTenant
{
    public TenantId? Value { get; set; }
}
