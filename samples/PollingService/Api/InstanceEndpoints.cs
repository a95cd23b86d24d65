using System.Text.Json;
using System.Text.Json.Nodes;
using PollingService.Access;
using Scheduling;
using Scheduling.Schedules;

namespace PollingService.Api;

/// <summary>Create, read, update, delete and invoke integration instances.</summary>
internal static class InstanceEndpoints
{
    private const int MostOfBulk = 100;

    public static void Map(WebApplication app)
    {
        var instances = app.MapGroup("/integrationInstances").RequireAuthorization();
        instances.MapPost("/", CreateAsync);
        instances.MapGet("/", ListAsync);
        instances.MapGet("/{id}", GetAsync);
        instances.MapPatch("/{id}", UpdateAsync);
        instances.MapDelete("/{id}", DeleteAsync);
        instances.MapPost("/{id}/invoke", InvokeAsync);
        instances.MapPost("/bulkUpdate", BulkUpdateAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, CancellationToken ct)
    {
        var jobs = Account.JobsOf(context);
        var body = await InstanceBody.ReadAsync(context.Request, ct);
        if (!body.Name.IsSet || string.IsNullOrWhiteSpace(body.Name.Value))
            throw InstanceBody.Invalid("name", "name is required.");
        var job = await jobs.CreateAsync(
            new JobDefinition
            {
                Name = body.Name.Value,
                Description = body.Description.Or(null),
                Executor = PollingApplication.Executor,
                Schedule = body.Schedule.ApplyTo(body.Schedule.IsEmpty ? Schedule.Polling(PollingInterval.Disabled) : null),
                Payload = InstanceConfig.PayloadOf(body.Config.Keys),
            },
            ct);
        await InstanceConfig.SetAsync(jobs, job, body.Config, ct);
        return Results.Created($"/integrationInstances/{job.Id}", Shown(job));
    }

    private static async Task<IResult> ListAsync(HttpContext context, string? cursor, int? size, CancellationToken ct)
    {
        var page = await Account.JobsOf(context).ListAsync(size ?? 100, cursor, ct);
        return Results.Json(new JsonObject
        {
            ["instances"] = new JsonArray([.. page.Items.Select(static job => (JsonNode)Shown(job))]),
            ["pageInfo"] = new JsonObject { ["endCursor"] = page.Cursor, ["hasNextPage"] = page.HasNextPage },
        });
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, CancellationToken ct) =>
        Results.Json(Shown(await FindAsync(Account.JobsOf(context), id, ct)));

    private static async Task<IResult> UpdateAsync(HttpContext context, string id, CancellationToken ct)
    {
        var body = await InstanceBody.ReadAsync(context.Request, ct);
        return Results.Json(Shown(await ApplyAsync(Account.JobsOf(context), id, body, ct)));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string id, CancellationToken ct)
    {
        var jobs = Account.JobsOf(context);
        var job = await FindAsync(jobs, id, ct);
        await InstanceConfig.DeleteAsync(jobs, job, ct);
        return Results.Json(new JsonObject { ["success"] = await jobs.DeleteAsync(job.Id, ct) });
    }

    private static async Task<IResult> InvokeAsync(HttpContext context, string id, CancellationToken ct)
    {
        var jobs = Account.JobsOf(context);
        var run = await jobs.RunNowAsync((await FindAsync(jobs, id, ct)).Id, ct: ct);
        return Results.Json(new JsonObject { ["success"] = true, ["integrationJobId"] = run.Id.ToString() });
    }

    /// <summary>The same update for many instances; each succeeds or fails by itself.</summary>
    private static async Task<IResult> BulkUpdateAsync(HttpContext context, CancellationToken ct)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: ct);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("ids", out var ids) || ids.ValueKind != JsonValueKind.Array || ids.GetArrayLength() > MostOfBulk)
            throw InstanceBody.Invalid("ids", $"ids is required: a list of at most {MostOfBulk} ids.");
        if (!document.RootElement.TryGetProperty("update", out var update))
            throw InstanceBody.Invalid("update", "update is required.");
        var (body, jobs) = (InstanceBody.Of(update), Account.JobsOf(context));
        var (done, failed) = (new JsonArray(), new JsonArray());
        foreach (var id in ids.EnumerateArray().Select(static id => id.ToString()))
        {
            try
            {
                await ApplyAsync(jobs, id, body, ct);
                done.Add((JsonNode)id);
            }
            catch (Exception refused) when (refused is InstanceNotFoundException or JobNotFoundException or SchedulingValidationException or AdmissionException or JobConflictException)
            {
                failed.Add(new JsonObject { ["id"] = id, ["message"] = refused.Message });
            }
        }
        return Results.Json(new JsonObject { ["successIds"] = done, ["failed"] = failed });
    }

    private static async Task<Job> ApplyAsync(ITenantJobs jobs, string id, InstanceBody body, CancellationToken ct)
    {
        var found = await FindAsync(jobs, id, ct);
        var updated = await jobs.UpdateAsync(found.Id, job => ChangeOf(job, body), ct);
        await InstanceConfig.SetAsync(jobs, updated, body.Config, ct);
        return updated;
    }

    private static JobChange ChangeOf(Job job, InstanceBody body) => new()
    {
        Name = body.Name,
        Description = body.Description,
        Schedule = body.Schedule.IsEmpty ? default(Change<Schedule>) : body.Schedule.ApplyTo(job.Schedule),
        Payload = body.Config.Count == 0 ? default(Change<JobPayload>) : InstanceConfig.PayloadOf(InstanceConfig.NamesOf(job).Concat(body.Config.Keys)),
    };

    private static async Task<Job> FindAsync(ITenantJobs jobs, string id, CancellationToken ct)
    {
        var reference = JobId.TryParse(id, out var known) ? (JobRef)known : id;
        return await jobs.GetAsync(reference, ct) ?? throw new InstanceNotFoundException(id);
    }

    private static JsonObject Shown(Job job)
    {
        var shown = new JsonObject { ["id"] = job.Id.ToString(), ["name"] = job.Name, ["description"] = job.Definition.Description };
        foreach (var (name, value) in JsonNode.Parse(ScheduleDocument.From(job.Schedule).ToJson())!.AsObject().ToList())
            shown[name] = value?.DeepClone();
        shown.TryAdd("pollingIntervalCronExpression", null);
        shown["config"] = InstanceConfig.Masked(job);
        shown["nextRun"] = ShownTime.Of(job.NextRunAt);
        return shown;
    }
}
