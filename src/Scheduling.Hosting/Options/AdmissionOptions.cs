namespace Scheduling.Hosting;

/// <summary>Which jobs tenants may have: the section <c>Scheduling:Admission</c>. For rules that come from elsewhere, such as the plan a tenant pays for, register an <see cref="Policies.IAdmissionPolicy"/> instead.</summary>
/// <remarks>See <see cref="Policies.AdmissionRules"/> for when they are checked.</remarks>
public sealed class AdmissionOptions
{
    /// <summary>The rules of all tenants that have none of their own. By default everything is allowed.</summary>
    public TenantAdmissionOptions Default { get; } = new();

    /// <summary>The rules of single tenants, by the tenant's id, compared ordinally. They stand for the default as a whole, so that a tenant can also be allowed more.</summary>
    public IDictionary<string, TenantAdmissionOptions> Tenants { get; } = new Dictionary<string, TenantAdmissionOptions>(StringComparer.Ordinal);
}
