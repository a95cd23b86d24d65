using System.Globalization;
using Scheduling.Policies;

namespace Scheduling;

/// <summary>The operator's rules do not allow the tenant what it asked for (<see cref="AdmissionRules"/>). Nothing was stored.</summary>
public sealed class AdmissionException : Exception
{
    internal AdmissionException(TenantId tenant, IReadOnlyList<AdmissionRefusal> refusals)
        : base(Describe(tenant, refusals)) => (Tenant, Refusals) = (tenant, refusals);

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>The rules that are broken, each with what was given and what is allowed; never empty.</summary>
    public IReadOnlyList<AdmissionRefusal> Refusals { get; }

    private static string Describe(TenantId tenant, IReadOnlyList<AdmissionRefusal> refusals) => refusals.Count == 1
        ? $"Tenant '{tenant}': {refusals[0].Message}"
        : string.Create(CultureInfo.InvariantCulture, $"Tenant '{tenant}', {refusals.Count} rules: {string.Join(' ', refusals)}");
}
