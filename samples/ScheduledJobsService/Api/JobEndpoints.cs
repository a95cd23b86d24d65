using Microsoft.AspNetCore.Http.HttpResults;
using ScheduledJobsService.Access;
using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>Create, read, update and delete scheduled jobs.</summary>
internal static class JobEndpoints
{
    private const int LatestRuns = 10;

    public static void Map(WebApplication app)
    {
        var jobs = app.MapGroup("/scheduledJobs").WithTags("Scheduled jobs").RequireAuthorization().WithProblems();
        jobs.MapPost("/", CreateAsync).WithName("createScheduledJob").Accepts<NewJob>("application/json");
        jobs.MapGet("/", ListAsync).WithName("getScheduledJobs");
        jobs.MapGet("/{jobId}", GetAsync).WithName("getScheduledJob");
        jobs.MapPatch("/{jobId}", UpdateAsync).WithName("updateScheduledJob").Accepts<JobUpdate>("application/json");
        jobs.MapDelete("/{id}", DeleteAsync).WithName("deleteScheduledJob");
    }

    private static async Task<Created<ScheduledJob>> CreateAsync(HttpContext context, CancellationToken ct)
    {
        var body = await JobBody.ReadNewAsync(context.Request, ct);
        var jobs = await Instance.JobsOfAsync(context, body.InstanceId, "instanceId");
        var job = ScheduledJob.Of(await jobs.CreateAsync(body.ToDefinition(), ct));
        return TypedResults.Created($"/scheduledJobs/{job.Id}", job);
    }

    private static async Task<Ok<ScheduledJobPage>> ListAsync(HttpContext context, string instanceId, int? first, string? after, CancellationToken ct)
    {
        var jobs = await Instance.JobsOfAsync(context, instanceId, "instanceId");
        var page = await jobs.ListAsync(PageRequest.Size(first), after, ct);
        return TypedResults.Ok(new ScheduledJobPage { Items = [.. page.Items.Select(ScheduledJob.Of)], Cursor = page.Cursor, HasNextPage = page.HasNextPage });
    }

    private static async Task<Ok<ScheduledJobDetails>> GetAsync(HttpContext context, string jobId, CancellationToken ct)
    {
        var (jobs, id) = await PublicId.ReadAsync(context, jobId, "jobId");
        var job = await jobs.GetAsync(new JobId(id), ct) ?? throw new NotFoundException("jobId");
        var latest = await jobs.Executions.ListAsync(new ExecutionQuery { Job = job.Id, Statuses = HistoryEntry.Statuses, PageSize = LatestRuns }, ct);
        return TypedResults.Ok(new ScheduledJobDetails(job, latest.Items));
    }

    private static async Task<Ok<ScheduledJob>> UpdateAsync(HttpContext context, string jobId, CancellationToken ct)
    {
        var body = await JobBody.ReadChangeAsync(context.Request, ct);
        var jobs = await Instance.JobsOfAsync(context, body.InstanceId, "instanceId");
        var (found, id) = await PublicId.ReadAsync(context, jobId, "jobId");
        if (found.Tenant != jobs.Tenant)
            throw new NotFoundException("jobId");
        return TypedResults.Ok(ScheduledJob.Of(await jobs.UpdateAsync(new JobId(id), body.ToChange, ct)));
    }

    private static async Task<Ok<Deleted>> DeleteAsync(HttpContext context, string id, CancellationToken ct)
    {
        var (jobs, job) = await PublicId.ReadAsync(context, id, "id");
        return await jobs.DeleteAsync(new JobId(job), ct) ? TypedResults.Ok(new Deleted { Success = true }) : throw new NotFoundException("id");
    }
}
