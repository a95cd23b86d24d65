using System.Globalization;
using NodaTime;

namespace Scheduling.Hosting;

/// <summary>Looks whether the jobs that the settings name have succeeded lately enough.</summary>
internal static class LastSuccessCheck
{
    /// <summary>Reads each job. One that somebody paused is not judged: that it does not run is what was asked for.</summary>
    public static async Task AddToAsync(HealthReportBuilder report, IList<LastSuccessAlarm> alarms, JobScheduler jobs, Instant now, CancellationToken ct)
    {
        if (alarms.Count == 0)
            return;
        var ages = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var alarm in alarms)
        {
            var job = await jobs.ForTenant(alarm.Tenant).GetAsync(alarm.Job, ct).ConfigureAwait(false);
            if (job is null)
                report.Degraded($"Job '{alarm.Job}' of '{alarm.Tenant}' is watched for its last success and is not there.");
            else if (job.State != JobState.Paused)
                Judge(report, alarm, now - (job.LastSuccessAt ?? job.CreatedAt), hasSucceeded: job.LastSuccessAt is not null, ages);
        }
        report.Add("secondsSinceLastSuccess", ages);
    }

    private static void Judge(HealthReportBuilder report, LastSuccessAlarm alarm, Duration age, bool hasSucceeded, Dictionary<string, double> ages)
    {
        if (hasSucceeded)
            ages[$"{alarm.Tenant}/{alarm.Job}"] = Math.Round(age.TotalSeconds, 3);
        if (age <= Duration.FromTimeSpan(alarm.OlderThan))
            return;
        var what = hasSucceeded ? "last succeeded" : "has never succeeded and was created";
        report.Degraded(string.Create(CultureInfo.InvariantCulture, $"Job '{alarm.Job}' of '{alarm.Tenant}' {what} {age.TotalSeconds:0} s ago, and {alarm.OlderThan.TotalSeconds:0} s is its limit."));
    }
}
