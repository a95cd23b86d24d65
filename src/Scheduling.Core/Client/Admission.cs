using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;

namespace Scheduling;

/// <summary>Asks the operator's policy for a tenant's rules and refuses what breaks them. Thread-safe.</summary>
internal sealed class Admission
{
    private readonly IAdmissionPolicy? _policy;
    private readonly DuePlanner _planner;
    private readonly RunNowBudget _budget;

    public Admission(IAdmissionPolicy? policy, DuePlanner planner, TimeProvider time) => (_policy, _planner, _budget) = (policy, planner, new RunNowBudget(time));

    public async ValueTask<AdmissionRules> RulesOfAsync(TenantId tenant, CancellationToken ct)
    {
        if (_policy is null)
            return AdmissionRules.None;
        return await _policy.GetRulesAsync(tenant, ct).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"{_policy.GetType().Name} gave no rules for tenant '{tenant}': AdmissionRules.None allows everything.");
    }

    /// <summary>Lets a new job through, or what a change of one touches.</summary>
    /// <exception cref="AdmissionException">It breaks rules; all of them are named.</exception>
    public void Require(AdmissionRules rules, Job? before, Job after, Instant now)
    {
        if (ReferenceEquals(rules, AdmissionRules.None))
            return;
        var refusals = AdmissionCheck.Check(rules, before, after, _planner, now);
        if (refusals.Count > 0)
            throw new AdmissionException(after.Tenant, refusals);
    }

    /// <summary>Lets a request for a run through.</summary>
    /// <exception cref="AdmissionException">There were too many.</exception>
    public void RequireRunNow(AdmissionRules rules, TenantId tenant)
    {
        if (rules.RunNowRate is { } rate && _budget.Take(tenant, rate) is { } wait)
            throw new AdmissionException(tenant, [AdmissionCheck.TooManyRequests(rate, wait)]);
    }
}
