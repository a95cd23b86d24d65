using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PollingService.Access;
using Scheduling;

namespace PollingService.Api;

/// <summary>The same update for many instances; each succeeds or fails by itself.</summary>
internal static class BulkEndpoints
{
    private const int MostIds = 100;
    private static readonly string[] Members = ["ids", "update"];

    public static void Map(WebApplication app) =>
        app.MapGroup("/integrationInstances").WithTags("Integration instances").RequireAuthorization().WithProblems()
            .MapPost("/bulkUpdate", UpdateAsync).WithName("bulkUpdateIntegrationInstances").Accepts<BulkUpdate>("application/json");

    private static async Task<Ok<BulkUpdated>> UpdateAsync(HttpContext context, CancellationToken ct)
    {
        var (ids, body) = Read(await BodyReader.ParseAsync(context.Request, ct));
        var jobs = Account.JobsOf(context);
        var (done, failed) = (new List<string>(), new List<BulkFailure>());
        foreach (var id in ids)
        {
            try
            {
                await InstanceEndpoints.ApplyAsync(jobs, id, body, ct);
                done.Add(id);
            }
            catch (Exception refused) when (refused is NotFoundException or JobNotFoundException or SchedulingValidationException or AdmissionException or JobConflictException)
            {
                failed.Add(new BulkFailure { Id = id, Message = refused.Message });
            }
        }
        return TypedResults.Ok(new BulkUpdated { SuccessIds = done, Failed = failed });
    }

    private static (IReadOnlyList<string> Ids, InstanceBody Update) Read(JsonElement json)
    {
        var reader = BodyReader.Of(json, Members);
        var ids = reader.List("ids", MostIds);
        var update = reader.Object("update");
        reader.ThrowIfAny();
        return (ids, InstanceBody.ReadChange(update));
    }
}
