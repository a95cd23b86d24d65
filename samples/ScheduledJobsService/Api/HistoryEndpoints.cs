using Microsoft.AspNetCore.Http.HttpResults;
using ScheduledJobsService.Access;
using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>Lists the runs of an instance's jobs, and shows one with its log.</summary>
internal static class HistoryEndpoints
{
    public static void Map(WebApplication app)
    {
        var history = app.MapGroup("").WithTags("History").RequireAuthorization().WithProblems();
        history.MapGet("/instances/{instanceId}/jobHistory", ListAsync).WithName("getInstanceJobHistory");
        history.MapGet("/jobHistory/{id}", GetAsync).WithName("getJobHistory");
        history.MapGet("/jobHistory/{id}/log", LogAsync).WithName("getJobHistoryLog").Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    private static async Task<Ok<HistoryPage>> ListAsync(HttpContext context, string instanceId, int? first, string? after, CancellationToken ct)
    {
        var jobs = await Instance.JobsOfAsync(context, instanceId, "instanceId");
        var page = await jobs.Executions.ListAsync(new ExecutionQuery { Statuses = HistoryEntry.Statuses, PageSize = PageRequest.Size(first), Cursor = after }, ct);
        return TypedResults.Ok(new HistoryPage { Items = [.. page.Items.Select(HistoryEntry.Of)], Cursor = page.Cursor, HasNextPage = page.HasNextPage });
    }

    private static async Task<Ok<HistoryDetails>> GetAsync(HttpContext context, string id, CancellationToken ct)
    {
        var (run, log) = await FindAsync(context, id, ct);
        return TypedResults.Ok(new HistoryDetails(run, log));
    }

    private static async Task<IResult> LogAsync(HttpContext context, string id, CancellationToken ct) => TypedResults.Text((await FindAsync(context, id, ct)).Log);

    private static async Task<(Execution Run, string Log)> FindAsync(HttpContext context, string id, CancellationToken ct)
    {
        var (jobs, known) = await PublicId.ReadAsync(context, id, "id");
        var run = await jobs.Executions.GetAsync(new ExecutionId(known), ct);
        if (run is null || !HistoryEntry.Statuses.Contains(run.Status))
            throw new NotFoundException("id");
        var events = await jobs.Executions.ListEventsAsync(run.Id, RunEvent.MaximumCount, ct: ct) ?? throw new NotFoundException("id");
        return (run, RunLog.TextOf(run, events.Items));
    }
}
