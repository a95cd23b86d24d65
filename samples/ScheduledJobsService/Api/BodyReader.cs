using System.Globalization;
using System.Text;
using System.Text.Json;
using Scheduling;
using Scheduling.Schedules;

namespace ScheduledJobsService.Api;

/// <summary>Reads a body member by member and collects everything that is wrong with it: unknown members, members given twice, wrong types. Nothing is guessed.</summary>
internal sealed class BodyReader
{
    private static readonly ScheduleDocumentPatch Nothing = ScheduleDocumentPatch.Parse("{}");

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<ValidationError> _errors = [];

    private BodyReader()
    {
    }

    public static async Task<BodyReader> ReadAsync(HttpRequest request, string[] known, CancellationToken ct)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("The body is not an object.");
        var reader = new BodyReader();
        foreach (var member in document.RootElement.Clone().EnumerateObject())
            reader.Take(member, known);
        return reader;
    }

    /// <summary>Notes what is wrong with a field, unless something else is wrong with it already.</summary>
    public void Refuse(string field, string rule)
    {
        if (!_errors.Exists(error => string.Equals(error.Field, field, StringComparison.Ordinal)))
            _errors.Add(new ValidationError { Field = field, Message = $"{field} {rule}" });
    }

    /// <summary>Refuses a body without the member, unless something else is wrong with it already.</summary>
    /// <returns>Whether it is there and right.</returns>
    public bool Require(string name)
    {
        if (_errors.Exists(error => string.Equals(error.Field, name, StringComparison.Ordinal)))
            return false;
        if (_members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null)
            return true;
        Refuse(name, "is required.");
        return false;
    }

    /// <summary>What the library's rules say goes into the same list.</summary>
    public T? Collect<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (SchedulingValidationException refused)
        {
            _errors.AddRange(refused.Errors);
            return null;
        }
    }

    /// <summary>An id: a text, or an integer, which is read as its digits. Required.</summary>
    public string Id(string name)
    {
        if (_members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            return number.ToString(CultureInfo.InvariantCulture);
        return RequiredText(name);
    }

    public string RequiredText(string name)
    {
        if (!_members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
            Refuse(name, "is required.");
        else if (TextOf(value) is not { Length: > 0 } text)
            Refuse(name, "is not a text with at least one character.");
        else
            return text;
        return "";
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

    public Change<bool> Flag(string name)
    {
        if (!_members.TryGetValue(name, out var value))
            return default;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Refuse(name, "is not true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A JSON object that is kept as it was sent.</summary>
    public Change<JobPayload> Object(string name)
    {
        if (!_members.TryGetValue(name, out var value))
            return default;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse(name, "is not an object.");
            return default;
        }
        try
        {
            return JobPayload.FromJson(value.GetRawText());
        }
        catch (SchedulingValidationException refused)
        {
            Refuse(name, $"cannot be kept: {refused.Message}");
            return default;
        }
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
        var text = Encoding.UTF8.GetString(buffer.ToArray());
        return Collect(() => ScheduleDocumentPatch.Parse(text)) ?? Nothing;
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
