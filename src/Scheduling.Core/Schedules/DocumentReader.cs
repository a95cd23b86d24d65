using System.Text.Json;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>Turns the JSON of a schedule document or patch into typed members, and everything that is wrong about their form into errors.</summary>
internal sealed class DocumentReader(DocumentErrors errors)
{
    private DocumentMembers _members = new();

    internal static DocumentMembers Read(string json, DocumentErrors errors)
    {
        using JsonDocument? document = JsonInput.TryParse(json, out string? problem);
        return Read(document, problem, errors);
    }

    internal static DocumentMembers Read(ReadOnlyMemory<byte> utf8, DocumentErrors errors)
    {
        using JsonDocument? document = JsonInput.TryParse(utf8, out string? problem);
        return Read(document, problem, errors);
    }

    internal static DocumentMembers Read(JsonElement root, DocumentErrors errors) => new DocumentReader(errors).ReadRoot(root);

    private static DocumentMembers Read(JsonDocument? document, string? problem, DocumentErrors errors)
    {
        if (document is not null) return Read(document.RootElement, errors);
        errors.Add(DocumentFields.Root, problem!);
        return new DocumentMembers();
    }

    private static string Path(string? parent, string name) => parent is null ? name : $"{parent}.{name}";

    private DocumentMembers ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add(DocumentFields.Root, $"is {JsonInput.Show(root)}", JsonInput.Show(root), "a JSON object");
            return _members;
        }

        ReadObject(root, parent: null, DocumentFields.OfDocument, ReadMember);
        return _members;
    }

    private void ReadObject(JsonElement element, string? parent, string[] known, Action<string, JsonElement> read)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string? name = JsonInput.NameOf(property);
            if (name is DocumentFields.TypeName) continue;
            if (name is null)
                errors.Add(parent ?? DocumentFields.Root, "has a member whose name is not valid Unicode");
            else if (!known.Contains(name, StringComparer.Ordinal))
                RefuseUnknown(Path(parent, JsonInput.Shorten(name)), name, known);
            else if (!seen.Add(name))
                errors.Add(Path(parent, name), "is given twice", allowed: "once");
            else
                read(name, property.Value);
        }
    }

    private void RefuseUnknown(string path, string name, string[] known)
    {
        IReadOnlyList<string> near = NearNames.Of(name, known, 1);
        errors.Add(path, "is not a known member", JsonInput.Shorten(name), $"any of {string.Join(", ", known)}", near.Count == 0 ? null : near[0]);
    }

    private void ReadMember(string name, JsonElement value) => _members = name switch
    {
        DocumentFields.FrequencyType => _members with { FrequencyType = Name<FrequencyType>(name, value, WireNames.FrequencyTypes, WireNames.TryParse) },
        DocumentFields.CronExpression => _members with { CronExpression = Text(name, value) },
        DocumentFields.IntervalMinutes => _members with { IntervalMinutes = Minutes(value) },
        DocumentFields.PollingInterval => _members with
        {
            PollingInterval = Name<PollingInterval>(name, value, PollingIntervalNames.All.ToArray(), PollingIntervalNames.TryParse),
        },
        DocumentFields.PollingIntervalCronExpression => _members with { PollingIntervalCronExpression = Override(name, value) },
        DocumentFields.TimeZone => _members with { TimeZone = Text(name, value) },
        DocumentFields.CronDayRule => _members with { CronDayRule = Name<CronDayRule>(name, value, WireNames.DayRules, WireNames.TryParse) },
        _ => _members with { CronFormat = Name<CronFormat>(name, value, WireNames.Formats, WireNames.TryParse) },
    };

    private DocumentMember<string> Text(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return DocumentMember<string>.Null;
        if (JsonInput.TryGetText(value, out string? text)) return DocumentMember<string>.Of(text);
        errors.Add(name, $"is {JsonInput.Show(value)}", JsonInput.Show(value), "text, or null");
        return default;
    }

    private delegate bool NameParser<T>(string? name, out T value);

    private DocumentMember<T> Name<T>(string field, JsonElement value, string[] names, NameParser<T> parse)
        where T : struct, Enum
    {
        if (value.ValueKind == JsonValueKind.Null) return DocumentMember<T>.Null;
        bool isText = JsonInput.TryGetText(value, out string? text);
        if (isText && parse(text, out T parsed)) return DocumentMember<T>.Of(parsed);
        IReadOnlyList<string> near = isText ? NearNames.Of(text!, names, 1) : [];
        errors.Add(field, $"is {JsonInput.Show(value)}", JsonInput.Show(value), $"one of {string.Join(", ", names)}", near.Count == 0 ? null : near[0]);
        return default;
    }

    private DocumentMember<int> Minutes(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return DocumentMember<int>.Null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int minutes)) return DocumentMember<int>.Of(minutes);
        errors.Add(DocumentFields.IntervalMinutes, $"is {JsonInput.Show(value)}", JsonInput.Show(value), DocumentRules.AllowedMinutes);
        return default;
    }

    private DocumentMember<PollingOverride> Override(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return DocumentMember<PollingOverride>.Null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(name, $"is {JsonInput.Show(value)}", JsonInput.Show(value), "an object with hour and dayOfWeek, each optional, or null");
            return default;
        }

        int? hour = null;
        int? dayOfWeek = null;
        ReadObject(value, name, DocumentFields.OfOverride, (member, given) =>
        {
            if (member is DocumentFields.Hour) hour = Pin(Path(name, member), given, 23, "an hour from 0 to 23 (UTC), or null");
            else dayOfWeek = Pin(Path(name, member), given, 6, "a weekday from 0 (Sunday) to 6 (Saturday), or null");
        });
        return DocumentMember<PollingOverride>.Of(new PollingOverride(hour, dayOfWeek));
    }

    private int? Pin(string path, JsonElement value, int max, string allowed)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int given) && given >= 0 && given <= max) return given;
        errors.Add(path, $"is {JsonInput.Show(value)}", JsonInput.Show(value), allowed);
        return null;
    }
}
