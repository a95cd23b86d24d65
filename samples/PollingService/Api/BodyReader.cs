using System.Text;
using System.Text.Json;
using Scheduling;
using Scheduling.Schedules;

namespace PollingService.Api;

/// <summary>Reads a body member by member and collects everything that is wrong with it: unknown members, members given twice, wrong types. Nothing is guessed.</summary>
internal sealed class BodyReader
{
    private static readonly ScheduleDocumentPatch Nothing = ScheduleDocumentPatch.Parse("{}");

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<ValidationError> _errors = [];

    /// <summary>Makes a list of problems without a body.</summary>
    public BodyReader()
    {
    }

    private BodyReader(JsonElement body, string[] known)
    {
        foreach (var member in body.EnumerateObject())
            Take(member, known);
    }

    /// <summary>The body as JSON; a body that is none, or no object, is refused.</summary>
    public static async Task<JsonElement> ParseAsync(HttpRequest request, CancellationToken ct)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new JsonException("The body is not an object.");
    }

    public static BodyReader Of(JsonElement body, string[] known) => new(body, known);

    /// <summary>Notes what is wrong with a field, unless something else is wrong with it already.</summary>
    public void Refuse(string field, string rule)
    {
        if (!_errors.Exists(error => string.Equals(error.Field, field, StringComparison.Ordinal)))
            _errors.Add(new ValidationError { Field = field, Message = $"{field} {rule}" });
    }

    /// <summary>A text that may be absent, and null.</summary>
    public Change<string?> Text(string name)
    {
        if (!_members.TryGetValue(name, out var value))
            return default;
        if (value.ValueKind == JsonValueKind.Null)
            return new Change<string?>(null);
        var text = TextOf(value);
        if (text is null)
            Refuse(name, "is not a text.");
        return text;
    }

    /// <summary>An object of texts; empty when it is absent.</summary>
    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!_members.TryGetValue(name, out var values))
            return texts;
        if (values.ValueKind != JsonValueKind.Object)
        {
            Refuse(name, "is not an object of texts.");
            return texts;
        }
        foreach (var member in values.EnumerateObject())
        {
            if (NameOf(member) is not { } key)
                Refuse(name, "has a member whose name is not valid Unicode.");
            else if (TextOf(member.Value) is not { } text)
                Refuse($"{name}.{key}", "is not a text.");
            else if (!texts.TryAdd(key, text))
                Refuse($"{name}.{key}", "is given twice.");
        }
        return texts;
    }

    /// <summary>A list of texts. Required.</summary>
    public IReadOnlyList<string> List(string name, int most)
    {
        if (_members.TryGetValue(name, out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() <= most)
        {
            var texts = values.EnumerateArray().Select(TextOf).ToArray();
            if (Array.TrueForAll(texts, static text => text is not null))
                return texts!;
        }
        Refuse(name, $"is not a list of at most {most} texts.");
        return [];
    }

    /// <summary>A member that is read by other rules. Required.</summary>
    public JsonElement Object(string name)
    {
        if (_members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Object)
            return value;
        Refuse(name, "is not an object.");
        return default;
    }

    /// <summary>The members that say when to run, read by the library with all its rules.</summary>
    public ScheduleDocumentPatch Schedule(params ReadOnlySpan<string> names)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var name in names)
            {
                if (!_members.TryGetValue(name, out var value))
                    continue;
                json.WritePropertyName(name);
                json.WriteRawValue(value.GetRawText());
            }
            json.WriteEndObject();
        }
        try
        {
            return ScheduleDocumentPatch.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        }
        catch (SchedulingValidationException refused)
        {
            _errors.AddRange(refused.Errors);
            return Nothing;
        }
    }

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new SchedulingValidationException([.. _errors]);
    }

    private void Take(JsonProperty member, string[] known)
    {
        var name = NameOf(member);
        if (name is "__typename")
            return;
        if (name is null || !known.Contains(name, StringComparer.Ordinal))
            Refuse(name is { Length: > 0 and <= 64 } ? name : "$", $"is not a known member: there are {string.Join(", ", known)}.");
        else if (!_members.TryAdd(name, member.Value))
            Refuse(name, "is given twice.");
    }

    // Half a surrogate pair, or bytes that are not UTF-8, cannot be read as text.
    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
