using System.Text.Json;
using Scheduling;

namespace ScheduledJobsService.Work;

/// <summary>Runs a workflow; a real service does its work here. This one reads the settings that the workflow names in <c>configs</c>, and says so in its log.</summary>
internal static class WorkflowRunner
{
    public static async ValueTask<JobResult> RunAsync(JobContext run, CancellationToken ct)
    {
        using var workflow = JsonDocument.Parse(run.Payload.Utf8);
        if (workflow.RootElement.TryGetProperty("configs", out var configs) && configs.ValueKind == JsonValueKind.Array)
        {
            foreach (var config in configs.EnumerateArray())
                await UseAsync(run, config.ToString(), ct);
        }
        return JobResult.Success("nothing else to do in this sample");
    }

    private static async Task UseAsync(JobContext run, string name, CancellationToken ct)
    {
        var value = await run.GetSecretAsync(name, ct);
        run.Report(RunEventLevel.Information, "config.read", $"{name}: {value.Length} characters");
    }
}
