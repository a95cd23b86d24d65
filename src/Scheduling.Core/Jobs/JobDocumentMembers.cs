using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>The members of one JSON object of a job document: read by name and type, and what is wrong about them becomes errors with their path.</summary>
internal sealed class JobDocumentMembers
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly List<ValidationError> _errors;

    /// <summary>Takes an object apart.</summary>
    /// <param name="json">What should be an object.</param>
    /// <param name="path">Its path with a dot behind it; empty for the root.</param>
    /// <param name="names">The members that there may be.</param>
    /// <param name="errors">Where errors go.</param>
    public JobDocumentMembers(JsonElement json, string path, string[] names, List<ValidationError> errors)
    {
        (_path, _errors) = (path, errors);
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(Error(path.Length == 0 ? DocumentFields.Root : path[..^1], json, "should be an object", "a JSON object"));
            return;
        }
        foreach (var member in json.EnumerateObject())
            Take(member, names);
    }

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The member as it stands; null when it is absent or null.</summary>
    public JsonElement? Any(string name) => _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The member as it stands, null included.</summary>
    public JsonElement? Given(string name) => _members.TryGetValue(name, out var value) ? value : null;

    public string? Text(string name)
    {
        if (Any(name) is not { } value)
            return null;
        if (JsonInput.TryGetText(value, out var text))
            return text;
        Refuse(name, value, "should be a text", "a JSON string");
        return null;
    }

    public string? Name(string name, string[] names)
    {
        if (Text(name) is not { } text)
            return null;
        if (names.Contains(text, StringComparer.Ordinal))
            return text;
        var near = NearNames.Of(text, names, 1);
        var allowed = string.Join(", ", names);
        Refuse(name, _members[name], $"should be one of {allowed}", allowed, near.Count > 0 ? near[0] : null);
        return null;
    }

    public bool? Flag(string name)
    {
        if (Any(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Refuse(name, value, "should be true or false", "true, false");
        return null;
    }

    public int? Count(string name)
    {
        if (Any(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        Refuse(name, value, "should be a whole number", "a whole number");
        return null;
    }

    public double? Number(string name)
    {
        if (Any(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
            return number;
        Refuse(name, value, "should be a number", "a number");
        return null;
    }

    public Duration? Length(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span))
            return Duration.FromTimeSpan(span);
        if (DurationPattern.Roundtrip.Parse(text) is { Success: true } read)
            return read.Value;
        Refuse(name, _members[name], "should be a duration", "[d.]hh:mm:ss[.fffffff], such as 00:30:00");
        return null;
    }

    public Instant? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } read)
            return read.Value;
        Refuse(name, _members[name], "should be an instant in UTC", "such as 2026-03-04T00:00:00Z");
        return null;
    }

    /// <summary>Asks for something that refuses arguments out of range, named like the members.</summary>
    public T? Made<T>(Func<T> make)
        where T : class
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException outOfRange)
        {
            var name = outOfRange.ParamName ?? "";
            var why = outOfRange.Message.Split(" (Parameter", 2)[0];
            _errors.Add(new ValidationError { Field = _path + name, Given = Given(name) is { } value ? JsonInput.Show(value) : null, Message = $"{_path}{name} is out of range: {why}" });
            return null;
        }
    }

    public void Refuse(string name, JsonElement? given, string what, string allowed, string? suggestion = null) => _errors.Add(Error(_path + name, given, what, allowed) with { Suggestion = suggestion });

    private void Take(JsonProperty member, string[] names)
    {
        var name = JsonInput.NameOf(member) ?? "?";
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            var near = NearNames.Of(name, names, 1);
            var shown = _path + JsonInput.Shorten(name);
            _errors.Add(new ValidationError
            {
                Field = shown,
                Message = near.Count > 0 ? $"{shown} is unknown: did you mean {near[0]}?" : $"{shown} is unknown: allowed are {string.Join(", ", names)}.",
                Allowed = string.Join(", ", names),
                Suggestion = near.Count > 0 ? near[0] : null,
            });
        }
        else if (!_members.TryAdd(name, member.Value))
        {
            Refuse(name, member.Value, "is given twice", "once");
        }
    }

    private static ValidationError Error(string field, JsonElement? given, string what, string allowed)
    {
        var shown = given is { } value ? JsonInput.Show(value) : null;
        return new() { Field = field, Given = shown, Message = shown is null ? $"{field} {what}." : $"{field} {what}, and it is {shown}.", Allowed = allowed };
    }
}
