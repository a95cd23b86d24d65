using System.Text.Json.Nodes;
using Scheduling;
using Scheduling.Secrets;

namespace PollingService.Api;

/// <summary>Configuration values of an instance: secrets named after it. The job's payload keeps their names, answers show the mask.</summary>
internal static class InstanceConfig
{
    public static string SecretOf(Job job, string name) => $"{job.Id}.{name}";

    public static JobPayload PayloadOf(IEnumerable<string> names) =>
        JobPayload.FromJson(new JsonObject { ["config"] = new JsonArray([.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(static name => (JsonNode)name)]) }.ToJsonString());

    public static IReadOnlyList<string> NamesOf(Job job) =>
        job.Payload.ToJson() is { } json && JsonNode.Parse(json)?["config"] is JsonArray names ? [.. names.Select(static name => name!.GetValue<string>())] : [];

    /// <summary>Sets the values; the mask, sent back as it was shown, keeps what is there.</summary>
    public static async Task SetAsync(ITenantJobs jobs, Job job, IReadOnlyDictionary<string, string> config, CancellationToken ct)
    {
        foreach (var (name, value) in config)
            await jobs.Secrets.SetAsync(SecretOf(job, name), value, ct: ct);
    }

    public static async Task DeleteAsync(ITenantJobs jobs, Job job, CancellationToken ct)
    {
        foreach (var name in NamesOf(job))
            await jobs.Secrets.DeleteAsync(SecretOf(job, name), ct);
    }

    public static JsonObject Masked(Job job) => new(NamesOf(job).Select(static name => KeyValuePair.Create<string, JsonNode?>(name, SecretMask.Text)));
}
