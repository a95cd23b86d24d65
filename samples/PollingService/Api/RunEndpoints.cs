using System.Text.Json.Nodes;
using PollingService.Access;
using Scheduling;

namespace PollingService.Api;

/// <summary>Lists integration jobs, which are the runs of instances, and what they reported.</summary>
internal static class RunEndpoints
{
    public static void Map(WebApplication app)
    {
        var runs = app.MapGroup("/integrationJobs").RequireAuthorization();
        runs.MapGet("/", ListAsync);
        runs.MapGet("/{id}/events", EventsAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string? status, string? integrationInstanceId, string? cursor, int? size, CancellationToken ct)
    {
        var query = new ExecutionQuery
        {
            Statuses = RunStatus.Asked(status),
            Job = integrationInstanceId is null ? null : JobId.TryParse(integrationInstanceId, out var id) ? id : throw new InstanceNotFoundException(integrationInstanceId),
            PageSize = size ?? 100,
            Cursor = cursor,
        };
        var page = await Account.JobsOf(context).Executions.ListAsync(query, ct);
        return Results.Json(new JsonObject
        {
            ["jobs"] = new JsonArray([.. page.Items.Select(static run => (JsonNode)Shown(run))]),
            ["pageInfo"] = PageOf(page.Cursor),
        });
    }

    private static async Task<IResult> EventsAsync(HttpContext context, string id, string? cursor, int? size, CancellationToken ct)
    {
        var events = ExecutionId.TryParse(id, out var run) ? await Account.JobsOf(context).Executions.ListEventsAsync(run, size ?? 100, cursor, ct) : null;
        if (events is null)
            throw new InstanceNotFoundException(id);
        return Results.Json(new JsonObject
        {
            ["events"] = new JsonArray([.. events.Items.Select(static e => (JsonNode)new JsonObject { ["name"] = e.Name, ["description"] = e.Text, ["level"] = e.Level.ToString(), ["createDate"] = ShownTime.Of(e.At) })]),
            ["pageInfo"] = PageOf(events.Cursor),
        });
    }

    private static JsonObject PageOf(string? cursor) => new() { ["endCursor"] = cursor, ["hasNextPage"] = cursor is not null };

    private static JsonObject Shown(Execution run) => new()
    {
        ["id"] = run.Id.ToString(),
        ["integrationInstanceId"] = run.JobId.ToString(),
        ["status"] = RunStatus.NameOf(run),
        ["createDate"] = ShownTime.Of(run.CreatedAt),
        ["endDate"] = ShownTime.Of(run.EndedAt),
        ["errorsOccurred"] = run.Status is not (ExecutionStatus.Pending or ExecutionStatus.Running or ExecutionStatus.Succeeded),
    };
}
