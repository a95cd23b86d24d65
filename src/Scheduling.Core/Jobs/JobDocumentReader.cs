using System.Runtime.InteropServices;
using System.Text.Json;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>Turns the JSON of a job document into a definition, and everything that is wrong about its form into errors.</summary>
internal sealed class JobDocumentReader
{
    private static readonly string[] Names =
    [
        "key", "name", "description", "executor", "schedule", "payload", "payloadText", "active", "misfire", "overlap", "retry", "timeout", "orphans", "anchor", "spreadKey",
    ];

    private readonly List<ValidationError> _errors = [];

    public IReadOnlyList<ValidationError> Errors => _errors;

    /// <summary>Reads a whole document.</summary>
    /// <returns>The definition; null when there are errors.</returns>
    public JobDefinition? Read(JsonElement root) => Read(new JobDocumentMembers(root, "", Names, _errors));

    /// <summary>The members that a document of this kind may have, with further ones around it.</summary>
    public JobDocumentMembers Open(JsonElement root, params string[] further) => new(root, "", [.. Names, .. further], _errors);

    /// <summary>Opens an object inside the document; without a name, the document itself.</summary>
    public JobDocumentMembers Open(JsonElement json, string name, string[] names) => new(json, name.Length == 0 ? "" : $"{name}.", names, _errors);

    public JobDefinition? Read(JobDocumentMembers members)
    {
        var executor = members.Text("executor");
        if (executor is null && members.Any("executor") is null)
            members.Refuse("executor", given: null, "is required", "the key of an executor");
        var read = new JobDefinition
        {
            Key = members.Text("key"),
            Name = members.Text("name"),
            Description = members.Text("description"),
            Executor = executor ?? "",
            Schedule = ReadSchedule(members) ?? Schedule.Manual,
            Payload = ReadPayload(members),
            Active = members.Flag("active") ?? true,
            Misfire = members.Any("misfire") is { } misfire ? ReadMisfire(misfire) : MisfirePolicy.RunOnce,
            Overlap = members.Name("overlap", JobDocumentNames.Overlaps) is { } overlap ? (OverlapPolicy)Array.IndexOf(JobDocumentNames.Overlaps, overlap) : OverlapPolicy.Skip,
            Retry = members.Any("retry") is { } retry ? ReadRetry(retry) : RetryPolicy.None,
            Timeout = members.Length("timeout") ?? JobDefinition.DefaultTimeout,
            Orphans = members.Name("orphans", JobDocumentNames.Orphans) is { } orphans ? (OrphanPolicy)Array.IndexOf(JobDocumentNames.Orphans, orphans) : OrphanPolicy.Rerun,
            Anchor = members.Time("anchor"),
            SpreadKey = members.Text("spreadKey"),
        };
        return _errors.Count == 0 ? read : null;
    }

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw new SchedulingValidationException(_errors);
    }

    private Schedule? ReadSchedule(JobDocumentMembers members)
    {
        if (members.Any("schedule") is not { } json)
        {
            members.Refuse("schedule", given: null, "is required", "a schedule document, or an object with kind");
            return null;
        }
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("kind", out _) ? ReadKind(json) : ReadDocument(json);
    }

    private Schedule? ReadKind(JsonElement json)
    {
        if (ScheduleJson.TryRead(json.GetRawText(), out var schedule, out var error))
            return schedule;
        _errors.Add(new ValidationError { Field = "schedule", Given = JsonInput.Show(json), Message = $"schedule cannot be read: {error.Message}" });
        return null;
    }

    private Schedule? ReadDocument(JsonElement json)
    {
        try
        {
            return ScheduleDocument.Parse(json).ToSchedule();
        }
        catch (SchedulingValidationException refused)
        {
            _errors.AddRange(refused.Errors.Select(static error => error with { Field = string.Equals(error.Field, DocumentFields.Root, StringComparison.Ordinal) ? "schedule" : $"schedule.{error.Field}" }));
            return null;
        }
    }

    private JobPayload ReadPayload(JobDocumentMembers members)
    {
        var text = members.Text("payloadText");
        var json = members.Given("payload");
        if (text is not null && json is not null)
            members.Refuse("payloadText", given: null, "and payload are both given", "one of the two");
        try
        {
            return json is { } value ? JobPayload.FromUtf8(JsonMarshal.GetRawUtf8Value(value)) : text is not null ? JobPayload.FromJson(text) : default;
        }
        catch (SchedulingValidationException refused)
        {
            _errors.AddRange(refused.Errors);
            return default;
        }
    }

    private MisfirePolicy ReadMisfire(JsonElement json)
    {
        var members = Open(json, "misfire", ["mode", "maximumRuns", "maximumAge"]);
        var mode = members.Name("mode", JobDocumentNames.Misfires) is { } name ? JobDocumentNames.MisfireOf(name) : MisfireMode.RunOnce;
        var runs = members.Count("maximumRuns");
        if (runs is not null && mode != MisfireMode.RunAll)
            members.Refuse("maximumRuns", members.Any("maximumRuns"), "goes with mode RUN_ALL only", "nothing with this mode");
        var age = members.Length("maximumAge");
        return members.Made(() => PolicyOf(mode, runs).WithMaximumAge(age)) ?? MisfirePolicy.RunOnce;
    }

    private static MisfirePolicy PolicyOf(MisfireMode mode, int? runs) => mode switch
    {
        MisfireMode.Skip => MisfirePolicy.Skip,
        MisfireMode.RunAll => MisfirePolicy.RunAll(runs ?? MisfirePolicy.LongestChain),
        _ => MisfirePolicy.RunOnce,
    };

    private RetryPolicy ReadRetry(JsonElement json)
    {
        var members = Open(json, "retry", ["maximumRetries", "firstDelay", "maximumDelay", "factor"]);
        var (retries, first, most, factor) = (members.Count("maximumRetries"), members.Length("firstDelay"), members.Length("maximumDelay"), members.Number("factor"));
        if (retries is null && members.Any("maximumRetries") is null)
            members.Refuse("maximumRetries", given: null, "is required", "1-1,000");
        if (first is null && members.Any("firstDelay") is null)
            members.Refuse("firstDelay", given: null, "is required", "1 ms to 365 days");
        return retries is { } count && first is { } delay ? members.Made(() => RetryPolicy.Exponential(count, delay, most, factor ?? 2)) ?? RetryPolicy.None : RetryPolicy.None;
    }
}
