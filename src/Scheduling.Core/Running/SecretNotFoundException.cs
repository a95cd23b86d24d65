namespace Scheduling;

/// <summary>A run asked for a secret that its tenant does not have.</summary>
public sealed class SecretNotFoundException : Exception
{
    internal SecretNotFoundException(TenantId tenant, string name)
        : base($"Tenant '{tenant}' has no secret '{IdentityText.Shorten(name, IdentityText.MaximumLength)}': set it, or change what the job refers to.") => (Tenant, Name) = (tenant, name);

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>The name that was asked for.</summary>
    public string Name { get; }
}
