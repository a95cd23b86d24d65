using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Scheduling.Hosting;

/// <summary>
/// Writes a configuration section as the job document that it stands for. Configuration knows no types and no case, so numbers, flags and names are told by the field; what is unknown is left to the document's own reader, which refuses it.
/// </summary>
internal sealed class JobSectionWriter
{
    private static readonly Dictionary<string, (string Name, Kind Kind)> Fields = Named(
        (Kind.Text, ["key", "name", "description", "executor", "overlap", "timeout", "orphans", "anchor", "spreadKey", "mode", "maximumAge", "firstDelay", "maximumDelay"]),
        (Kind.Text, ["frequencyType", "cronExpression", "pollingInterval", "timeZone", "cronDayRule", "cronFormat", "kind", "text", "zone", "format", "dayRule", "at", "interval"]),
        (Kind.Number, ["maximumRuns", "maximumRetries", "factor", "intervalMinutes", "hour", "dayOfWeek", "v", "seconds", "spread"]),
        (Kind.Flag, ["active"]),
        (Kind.Object, ["schedule", "pollingIntervalCronExpression", "override", "misfire", "retry"]),
        (Kind.Payload, ["payload"]));

    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    private enum Kind
    {
        Text,
        Number,
        Flag,
        Object,
        Payload,
    }

    /// <summary>The configuration path of each field that was written, by its path in the document.</summary>
    public IReadOnlyDictionary<string, string> Paths => _paths;

    /// <summary>Writes the document of a section; its key is the job's unless it has one of its own.</summary>
    public ReadOnlyMemory<byte> Write(IConfigurationSection section)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (section["key"] is null)
                writer.WriteString("key", section.Key);
            WriteMembers(writer, section, "");
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private void WriteMembers(Utf8JsonWriter writer, IConfigurationSection section, string prefix)
    {
        foreach (var child in section.GetChildren())
        {
            var (name, kind) = Fields.TryGetValue(child.Key, out var known) ? known : (child.Key, Kind.Text);
            _paths[prefix + name] = child.Path;
            if (kind == Kind.Payload)
                WritePayload(writer, child);
            else if (child.GetChildren().Any())
                WriteObject(writer, child, name, prefix + name + ".");
            else if (child.Value is { } value)
                WriteValue(writer, name, kind, value);
        }
    }

    private void WriteObject(Utf8JsonWriter writer, IConfigurationSection child, string name, string prefix)
    {
        writer.WriteStartObject(name);
        WriteMembers(writer, child, prefix);
        writer.WriteEndObject();
    }

    // A section lost what JSON said about types, so a payload that stands there as an object cannot be told from what was meant.
    private static void WritePayload(Utf8JsonWriter writer, IConfigurationSection payload)
    {
        if (payload.GetChildren().Any())
            throw new SchedulingValidationException(new ValidationError { Field = "payload", Message = "payload is an object, and configuration keeps no types: give its JSON as one text.", Allowed = "a text that is JSON" });
        if (payload.Value is { } text)
            writer.WriteString("payloadText", text);
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, Kind kind, string value)
    {
        if (kind == Kind.Flag && bool.TryParse(value, out var flag))
            writer.WriteBoolean(name, flag);
        else if (kind == Kind.Number && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            writer.WriteNumber(name, whole);
        else if (kind == Kind.Number && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            writer.WriteNumber(name, number);
        else
            writer.WriteString(name, value);
    }

    private static Dictionary<string, (string Name, Kind Kind)> Named(params (Kind Kind, string[] Names)[] groups) =>
        groups.SelectMany(static group => group.Names.Select(name => (Name: name, group.Kind))).ToDictionary(static field => field.Name, StringComparer.OrdinalIgnoreCase);
}
