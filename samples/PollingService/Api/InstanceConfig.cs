using System.Text;
using System.Text.Json.Nodes;
using Scheduling;
using Scheduling.Secrets;

namespace PollingService.Api;

/// <summary>Configuration values of an instance: secrets named after it. The job's payload keeps their names, answers show the mask.</summary>
internal static class InstanceConfig
{
    private const int LongestName = 64;
    private const int LongestValue = 65_536;

    public static string SecretOf(JobId instance, string name) => $"{instance}.{name}";

    public static JobPayload PayloadOf(IEnumerable<string> names) =>
        JobPayload.FromJson(new JsonObject { ["config"] = new JsonArray([.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(static name => (JsonNode)name)]) }.ToJsonString());

    public static IReadOnlyList<string> NamesOf(JobPayload payload) =>
        payload.ToJson() is { } json && JsonNode.Parse(json)?["config"] is JsonArray names ? [.. names.Select(static name => name!.GetValue<string>())] : [];

    /// <summary>Refuses values that could not be kept, before the instance is written. The mask keeps what is there, so there must be something.</summary>
    public static void Check(IReadOnlyDictionary<string, string> config, IReadOnlyList<string> known, BodyReader problems)
    {
        foreach (var (name, value) in config)
        {
            if (name.Length is 0 or > LongestName || name.Any(static c => char.IsControl(c) || char.IsSurrogate(c)) || name.Trim().Length != name.Length)
                problems.Refuse("config", $"has a name that cannot be kept: give 1-{LongestName} characters without control characters and outer white space.");
            else if (value.Length == 0 || Encoding.UTF8.GetByteCount(value) > LongestValue)
                problems.Refuse($"config.{name}", $"cannot be kept: give 1-{LongestValue} bytes.");
            else if (SecretMask.IsMask(value) && !known.Contains(name, StringComparer.Ordinal))
                problems.Refuse($"config.{name}", "is the mask, and there is no value that it stands for.");
        }
    }

    /// <summary>Sets the values; the mask, sent back as it was shown, keeps what is there.</summary>
    public static async Task SetAsync(ITenantJobs jobs, Job job, IReadOnlyDictionary<string, string> config, CancellationToken ct)
    {
        foreach (var (name, value) in config)
            await jobs.Secrets.SetAsync(SecretOf(job.Id, name), value, ct: ct);
    }

    public static async Task DeleteAsync(ITenantJobs jobs, Job job, CancellationToken ct)
    {
        foreach (var name in NamesOf(job.Payload))
            await jobs.Secrets.DeleteAsync(SecretOf(job.Id, name), ct);
    }

    public static IReadOnlyDictionary<string, string> Masked(Job job) => NamesOf(job.Payload).ToDictionary(static name => name, static _ => SecretMask.Text, StringComparer.Ordinal);
}
