using Scheduling.Policies;

namespace Scheduling.Core.Tests.Client;

/// <summary>One set of rules for all tenants, changed by a test as it goes.</summary>
internal sealed class AdmissionTable : IAdmissionPolicy
{
    public AdmissionRules Rules { get; set; } = AdmissionRules.None;

    public List<TenantId> Asked { get; } = [];

    public ValueTask<AdmissionRules> GetRulesAsync(TenantId tenant, CancellationToken ct)
    {
        Asked.Add(tenant);
        return ValueTask.FromResult(Rules);
    }
}
