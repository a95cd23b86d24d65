using System.Collections.Frozen;
using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Hosting;

/// <summary>The admission rules of the settings.</summary>
internal sealed class OptionsAdmission : IAdmissionPolicy
{
    private readonly AdmissionRules _default;
    private readonly FrozenDictionary<string, AdmissionRules> _tenants;

    private OptionsAdmission(AdmissionOptions options)
    {
        _default = RulesOf(options.Default);
        _tenants = options.Tenants.ToFrozenDictionary(static tenant => tenant.Key, static tenant => RulesOf(tenant.Value), StringComparer.Ordinal);
    }

    /// <summary>The policy of valid settings; null when they allow everything to everybody.</summary>
    public static OptionsAdmission? Of(AdmissionOptions options)
    {
        var policy = new OptionsAdmission(options);
        return policy._tenants.Count == 0 && policy._default == AdmissionRules.None ? null : policy;
    }

    public ValueTask<AdmissionRules> GetRulesAsync(TenantId tenant, CancellationToken ct) =>
        ValueTask.FromResult(_tenants.TryGetValue(tenant.Value, out var own) ? own : _default);

    private static AdmissionRules RulesOf(TenantAdmissionOptions options) => new()
    {
        MaximumJobs = options.MaximumJobs,
        MinimumSpacing = options.MinimumSpacing is { } spacing ? Duration.FromTimeSpan(spacing) : null,
        ScheduleKinds = options.ScheduleKinds,
        PollingIntervals = options.PollingIntervals,
        Executors = options.Executors,
        MaximumPayloadBytes = options.MaximumPayloadBytes,
        RunNowRate = options.RunNowMaximum is { } runs ? new RunRate(runs, Duration.FromTimeSpan(options.RunNowPeriod)) : null,
    };
}
