using Scheduling;
using Scheduling.Schedules;

namespace ScheduledJobsService.Api;

/// <summary>What a create or an update asks for, in the library's words.</summary>
internal sealed record JobBody
{
    private static readonly string[] Members = ["instanceId", "workflow", "frequencyType", "cronExpression", "intervalMinutes", "active", "name", "description"];

    public required string InstanceId { get; init; }

    public Change<string?> Name { get; init; }

    public Change<string?> Description { get; init; }

    public Change<bool> Active { get; init; }

    public Change<JobPayload> Workflow { get; init; }

    public required ScheduleDocumentPatch Schedule { get; init; }

    /// <summary>A body that says all there is to know of a new job.</summary>
    public static async Task<JobBody> ReadNewAsync(HttpRequest request, CancellationToken ct)
    {
        var reader = await BodyReader.ReadAsync(request, Members, ct);
        var body = Of(reader);
        reader.Require("workflow");
        if (reader.Require("frequencyType") && !body.Schedule.IsEmpty)
            reader.Collect(() => body.Schedule.ApplyTo((Schedule?)null));
        reader.ThrowIfAny();
        return body;
    }

    /// <summary>A body that says what changes.</summary>
    public static async Task<JobBody> ReadChangeAsync(HttpRequest request, CancellationToken ct)
    {
        var reader = await BodyReader.ReadAsync(request, Members, ct);
        var body = Of(reader);
        reader.ThrowIfAny();
        return body;
    }

    public JobDefinition ToDefinition() => new()
    {
        Name = Name.Or(null),
        Description = Description.Or(null),
        Executor = ScheduledJobsApplication.Executor,
        Schedule = Schedule.ApplyTo((Schedule?)null),
        Payload = Workflow.Value,
        Active = Active.Or(true),
    };

    /// <summary>The change for the job as it is: another frequency drops the parameter of the old one, everything else that is absent stays.</summary>
    public JobChange ToChange(Job job) => new()
    {
        Name = Name,
        Description = Description,
        Active = Active,
        Payload = Workflow,
        Schedule = Schedule.IsEmpty ? default(Change<Schedule>) : Schedule.ApplyTo(job.Schedule),
    };

    private static JobBody Of(BodyReader reader) => new()
    {
        InstanceId = reader.Id("instanceId"),
        Workflow = reader.Object("workflow"),
        Schedule = reader.Schedule("frequencyType", "cronExpression", "intervalMinutes"),
        Active = reader.Flag("active"),
        Name = reader.Text("name"),
        Description = reader.Text("description"),
    };
}
