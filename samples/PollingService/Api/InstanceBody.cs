using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduling;
using Scheduling.Schedules;

namespace PollingService.Api;

/// <summary>The body of a create or an update: the service's own members, and the schedule's, which the library reads with all its rules. Members that neither knows are refused.</summary>
internal sealed class InstanceBody
{
    private InstanceBody(Change<string?> name, Change<string?> description, IReadOnlyDictionary<string, string> config, ScheduleDocumentPatch schedule) =>
        (Name, Description, Config, Schedule) = (name, description, config, schedule);

    public Change<string?> Name { get; }

    public Change<string?> Description { get; }

    /// <summary>Configuration values, credentials among them: all of them are kept as secrets.</summary>
    public IReadOnlyDictionary<string, string> Config { get; }

    public ScheduleDocumentPatch Schedule { get; }

    public static async Task<InstanceBody> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
        return Of(document.RootElement);
    }

    public static InstanceBody Of(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw new JsonException("The body is not an object.");
        var (name, description) = (default(Change<string?>), default(Change<string?>));
        var config = new Dictionary<string, string>(StringComparer.Ordinal);
        var schedule = new JsonObject();
        foreach (var member in body.EnumerateObject())
        {
            switch (member.Name)
            {
                case "name":
                    name = TextOf(member);
                    break;
                case "description":
                    description = TextOf(member);
                    break;
                case "config":
                    ReadConfig(member.Value, config);
                    break;
                default:
                    schedule[member.Name] = JsonNode.Parse(member.Value.GetRawText());
                    break;
            }
        }
        return new InstanceBody(name, description, config, ScheduleDocumentPatch.Parse(schedule.ToJsonString()));
    }

    private static string? TextOf(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => member.Value.GetString(),
        _ => throw Invalid(member.Name, $"{member.Name} is not a text."),
    };

    private static void ReadConfig(JsonElement values, Dictionary<string, string> config)
    {
        if (values.ValueKind != JsonValueKind.Object)
            throw Invalid("config", "config is not an object of texts.");
        foreach (var value in values.EnumerateObject())
            config[value.Name] = value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString()! : throw Invalid($"config.{value.Name}", $"config.{value.Name} is not a text.");
    }

    internal static SchedulingValidationException Invalid(string field, string message) => new(new ValidationError { Field = field, Message = message });
}
