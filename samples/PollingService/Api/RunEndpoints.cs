using Microsoft.AspNetCore.Http.HttpResults;
using PollingService.Access;
using PollingService.Work;
using Scheduling;

namespace PollingService.Api;

/// <summary>Lists integration jobs, which are the runs of instances, and what they reported.</summary>
internal static class RunEndpoints
{
    public static void Map(WebApplication app)
    {
        var runs = app.MapGroup("/integrationJobs").WithTags("Integration jobs").RequireAuthorization().WithProblems();
        runs.MapGet("/", ListAsync).WithName("integrationJobs");
        runs.MapGet("/{id}/events", EventsAsync).WithName("integrationJobEvents");
    }

    private static async Task<Ok<IntegrationJobPage>> ListAsync(
        HttpContext context, string? status, string? integrationInstanceId, string? integrationDefinitionId, string? cursor, int? size, CancellationToken ct)
    {
        var asked = RunStatuses.Asked(status);
        var query = new ExecutionQuery
        {
            Statuses = RunStatuses.BehindOf(asked),
            Job = InstanceOf(integrationInstanceId),
            Executor = integrationDefinitionId is null ? null : Definition.ExecutorOf(integrationDefinitionId),
            PageSize = PageRequest.Size(size),
            Cursor = cursor,
        };
        var page = await PageOfAsync(Account.JobsOf(context).Executions, query, ct);
        var runs = page.Items.Select(IntegrationJob.Of).Where(run => asked is null || run.Status == asked);
        return TypedResults.Ok(new IntegrationJobPage { Jobs = [.. runs], PageInfo = PageInfo.Of(page.Cursor) });
    }

    private static async Task<Ok<IntegrationEventPage>> EventsAsync(HttpContext context, string id, string? cursor, int? size, CancellationToken ct)
    {
        var events = ExecutionId.TryParse(id, out var run) ? await Account.JobsOf(context).Executions.ListEventsAsync(run, PageRequest.Size(size), cursor, ct) : null;
        if (events is null)
            throw new NotFoundException("id");
        return TypedResults.Ok(new IntegrationEventPage { Events = [.. events.Items.Select(IntegrationEvent.Of)], PageInfo = PageInfo.Of(events.Cursor) });
    }

    private static async ValueTask<Page<Execution>> PageOfAsync(ITenantExecutions executions, ExecutionQuery query, CancellationToken ct)
    {
        try
        {
            return await executions.ListAsync(query, ct);
        }
        catch (JobNotFoundException)
        {
            throw new NotFoundException("integrationInstanceId");
        }
    }

    private static JobRef? InstanceOf(string? id)
    {
        if (id is null)
            return null;
        return JobId.TryParse(id, out var instance) ? instance : throw new NotFoundException("integrationInstanceId");
    }
}
