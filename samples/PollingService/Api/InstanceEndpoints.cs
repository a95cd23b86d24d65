using Microsoft.AspNetCore.Http.HttpResults;
using PollingService.Access;
using Scheduling;

namespace PollingService.Api;

/// <summary>Create, read, update, delete and invoke integration instances.</summary>
internal static class InstanceEndpoints
{
    public static void Map(WebApplication app)
    {
        var instances = app.MapGroup("/integrationInstances").WithTags("Integration instances").RequireAuthorization().WithProblems();
        instances.MapPost("/", CreateAsync).WithName("createIntegrationInstance").Accepts<NewInstance>("application/json");
        instances.MapGet("/", ListAsync).WithName("integrationInstances");
        instances.MapGet("/{id}", GetAsync).WithName("integrationInstance");
        instances.MapPatch("/{id}", UpdateAsync).WithName("updateIntegrationInstance").Accepts<InstanceUpdate>("application/json");
        instances.MapDelete("/{id}", DeleteAsync).WithName("deleteIntegrationInstance");
        instances.MapPost("/{id}/invoke", InvokeAsync).WithName("invokeIntegrationInstance").WithProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Updates one instance; a bulk update does this many times.</summary>
    public static async Task<Job> ApplyAsync(ITenantJobs jobs, string id, InstanceBody body, CancellationToken ct)
    {
        var updated = await jobs.UpdateAsync(IdOf(id), body.ToChange, ct);
        await InstanceConfig.SetAsync(jobs, updated, body.Config, ct);
        return updated;
    }

    private static async Task<Created<IntegrationInstance>> CreateAsync(HttpContext context, CancellationToken ct)
    {
        var (jobs, body) = (Account.JobsOf(context), InstanceBody.ReadNew(await BodyReader.ParseAsync(context.Request, ct)));
        var job = await jobs.CreateAsync(body.ToDefinition(), ct);
        await InstanceConfig.SetAsync(jobs, job, body.Config, ct);
        return TypedResults.Created($"/integrationInstances/{job.Id}", IntegrationInstance.Of(job));
    }

    private static async Task<Ok<InstancePage>> ListAsync(HttpContext context, string? cursor, int? size, CancellationToken ct)
    {
        var page = await Account.JobsOf(context).ListAsync(PageRequest.Size(size), cursor, ct);
        return TypedResults.Ok(new InstancePage { Instances = [.. page.Items.Select(IntegrationInstance.Of)], PageInfo = PageInfo.Of(page.Cursor) });
    }

    private static async Task<Ok<IntegrationInstance>> GetAsync(HttpContext context, string id, CancellationToken ct) =>
        TypedResults.Ok(IntegrationInstance.Of(await FindAsync(Account.JobsOf(context), id, ct)));

    private static async Task<Ok<IntegrationInstance>> UpdateAsync(HttpContext context, string id, CancellationToken ct)
    {
        var body = InstanceBody.ReadChange(await BodyReader.ParseAsync(context.Request, ct));
        return TypedResults.Ok(IntegrationInstance.Of(await ApplyAsync(Account.JobsOf(context), id, body, ct)));
    }

    private static async Task<Ok<Deleted>> DeleteAsync(HttpContext context, string id, CancellationToken ct)
    {
        var jobs = Account.JobsOf(context);
        var job = await FindAsync(jobs, id, ct);
        await InstanceConfig.DeleteAsync(jobs, job, ct);
        return await jobs.DeleteAsync(job.Id, ct) ? TypedResults.Ok(new Deleted { Success = true }) : throw new NotFoundException("id");
    }

    private static async Task<Ok<Invoked>> InvokeAsync(HttpContext context, string id, CancellationToken ct)
    {
        var run = await Account.JobsOf(context).RunNowAsync(IdOf(id), ct: ct);
        return TypedResults.Ok(new Invoked { Success = true, IntegrationJobId = run.Id.ToString() });
    }

    private static async Task<Job> FindAsync(ITenantJobs jobs, string id, CancellationToken ct) => await jobs.GetAsync(IdOf(id), ct) ?? throw new NotFoundException("id");

    private static JobId IdOf(string id) => JobId.TryParse(id, out var known) ? known : throw new NotFoundException("id");
}
