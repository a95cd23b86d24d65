using System.Text.Json;
using PollingService.Work;
using Scheduling;
using Scheduling.Schedules;

namespace PollingService.Api;

/// <summary>What a create or an update asks for, in the library's words.</summary>
internal sealed record InstanceBody
{
    private static readonly string[] OfUpdate = ["name", "description", "pollingInterval", "pollingIntervalCronExpression", "config"];
    private static readonly string[] OfCreate = [.. OfUpdate, "integrationDefinitionId"];

    public Change<string?> Name { get; init; }

    public Change<string?> Description { get; init; }

    public string Kind { get; init; } = Definition.Default;

    /// <summary>Configuration values, credentials among them: all of them are kept as secrets.</summary>
    public required IReadOnlyDictionary<string, string> Config { get; init; }

    public required ScheduleDocumentPatch Schedule { get; init; }

    /// <summary>A body that says all there is to know of a new instance: it needs a name, and does not poll unless it says so.</summary>
    public static InstanceBody ReadNew(JsonElement json)
    {
        var reader = BodyReader.Of(json, OfCreate);
        var body = Read(reader) with { Kind = KindOf(reader) };
        if (!body.Name.IsSet)
            reader.Refuse("name", "is required.");
        InstanceConfig.Check(body.Config, known: [], reader);
        reader.ThrowIfAny();
        return body;
    }

    /// <summary>A body that says what changes.</summary>
    public static InstanceBody ReadChange(JsonElement json)
    {
        var reader = BodyReader.Of(json, OfUpdate);
        var body = Read(reader);
        reader.ThrowIfAny();
        return body;
    }

    public JobDefinition ToDefinition() => new()
    {
        Name = Name.Value,
        Description = Description.Or(null),
        Executor = Definition.ExecutorOf(Kind),
        Schedule = Schedule.ApplyTo(Scheduling.Schedules.Schedule.Polling(PollingInterval.Disabled)),
        Payload = InstanceConfig.PayloadOf(Config.Keys),
    };

    /// <summary>The change for the instance as it is. A mask stands for a value that must be there, which is asked before anything changes.</summary>
    public JobChange ToChange(Job job)
    {
        var (names, problems) = (InstanceConfig.NamesOf(job.Payload), new BodyReader());
        InstanceConfig.Check(Config, names, problems);
        problems.ThrowIfAny();
        return new JobChange
        {
            Name = Name,
            Description = Description,
            Schedule = Schedule.IsEmpty ? default(Change<Schedule>) : Schedule.ApplyTo(job.Schedule),
            Payload = Config.Count == 0 ? default(Change<JobPayload>) : InstanceConfig.PayloadOf(names.Concat(Config.Keys)),
        };
    }

    private static InstanceBody Read(BodyReader reader)
    {
        var name = reader.Text("name");
        if (name.IsSet && string.IsNullOrWhiteSpace(name.Value))
            reader.Refuse("name", "is empty: an instance needs a name.");
        return new InstanceBody
        {
            Name = name,
            Description = reader.Text("description"),
            Schedule = reader.Schedule("pollingInterval", "pollingIntervalCronExpression"),
            Config = reader.Texts("config"),
        };
    }

    private static string KindOf(BodyReader reader)
    {
        var kind = reader.Text("integrationDefinitionId").Or(null) ?? Definition.Default;
        if (!Definition.All.Contains(kind, StringComparer.Ordinal))
            reader.Refuse("integrationDefinitionId", $"is unknown: give one of {string.Join(", ", Definition.All)}.");
        return kind;
    }
}
