using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Scheduling.Hosting;

/// <summary>Gathers what a health check finds: the worst finding is the answer, all of them are its text.</summary>
internal sealed class HealthReportBuilder
{
    private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private bool _hasFailed;
    private Exception? _cause;

    public void Add(string name, object value) => _data[name] = value;

    public void Degraded(string finding) => _findings.Add(finding);

    public void Failed(string finding, Exception? cause)
    {
        _hasFailed = true;
        _cause ??= cause;
        _findings.Add(finding);
    }

    public HealthCheckResult Build(HealthStatus failureStatus)
    {
        if (_findings.Count == 0)
            return HealthCheckResult.Healthy("The scheduler does its work.", _data);
        var status = _hasFailed ? failureStatus : HealthStatus.Degraded;
        return new HealthCheckResult(status, string.Join(" ", _findings), _cause, _data);
    }
}
