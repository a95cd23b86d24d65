using Microsoft.AspNetCore.Http.HttpResults;
using ScheduledJobsService.Access;
using Scheduling.Secrets;

namespace ScheduledJobsService.Api;

/// <summary>Adds settings for external services (tokens, keys), which workflows name. Nothing reads them back.</summary>
internal static class ConfigEndpoints
{
    private static readonly string[] Members = ["instanceId", "name", "value"];

    public static void Map(WebApplication app) =>
        app.MapGroup("/jobConfigs").WithTags("Settings of jobs").RequireAuthorization().WithProblems()
            .MapPost("/", AddAsync).WithName("addJobConfig").Accepts<NewJobConfig>("application/json");

    private static async Task<Ok<JobConfig>> AddAsync(HttpContext context, CancellationToken ct)
    {
        var reader = await BodyReader.ReadAsync(context.Request, Members, ct);
        var (instance, name, value) = (reader.Id("instanceId"), reader.RequiredText("name"), reader.RequiredText("value"));
        reader.ThrowIfAny();
        var jobs = await Instance.JobsOfAsync(context, instance, "instanceId");
        var added = await jobs.Secrets.SetAsync(name, value, ct: ct);
        return TypedResults.Ok(new JobConfig { InstanceId = instance, Name = added.Name, Value = SecretMask.Text });
    }
}
