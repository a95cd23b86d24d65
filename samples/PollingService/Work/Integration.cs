using PollingService.Api;
using Scheduling;

namespace PollingService.Work;

/// <summary>Pulls an integration's data; a real service does its work here. This one asks for its credentials, and says what it would pull.</summary>
internal static class Integration
{
    public static async ValueTask<JobResult> PullAsync(JobContext run, CancellationToken ct)
    {
        foreach (var name in InstanceConfig.NamesOf(run.Payload))
            await run.GetSecretAsync(InstanceConfig.SecretOf(run.JobId, name), ct);
        run.Phase = "PERSISTING_DATA";
        run.Report(RunEventLevel.Information, "pull.done", run.LastSuccessAt is { } since ? $"everything that changed since {since}" : "everything");
        return JobResult.Success();
    }
}
