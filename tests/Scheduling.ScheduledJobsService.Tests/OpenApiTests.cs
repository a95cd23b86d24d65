using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>The OpenAPI document tells everything a client needs: each route, its body, its answers.</summary>
public sealed class OpenApiTests(SharedService<InMemory> shared) : IClassFixture<SharedService<InMemory>>
{
    [Theory]
    [InlineData("post", "/scheduledJobs", "createScheduledJob", "NewJob", "201", "ScheduledJob")]
    [InlineData("get", "/scheduledJobs", "getScheduledJobs", null, "200", "ScheduledJobPage")]
    [InlineData("get", "/scheduledJobs/{jobId}", "getScheduledJob", null, "200", "ScheduledJobDetails")]
    [InlineData("patch", "/scheduledJobs/{jobId}", "updateScheduledJob", "JobUpdate", "200", "ScheduledJob")]
    [InlineData("delete", "/scheduledJobs/{id}", "deleteScheduledJob", null, "200", "Deleted")]
    [InlineData("get", "/instances/{instanceId}/jobHistory", "getInstanceJobHistory", null, "200", "HistoryPage")]
    [InlineData("get", "/jobHistory/{id}", "getJobHistory", null, "200", "HistoryDetails")]
    [InlineData("get", "/jobHistory/{id}/log", "getJobHistoryLog", null, "200", null)]
    [InlineData("post", "/jobConfigs", "addJobConfig", "NewJobConfig", "200", "JobConfig")]
    public async Task Document_HasTheRoute_WithItsBodyAndAnswers(string method, string path, string operation, string? body, string success, string? answer)
    {
        var document = await shared.Service.ReadAsync("/openapi/v1.json");

        var route = document["paths"]![path]![method]!;
        Assert.Equal(operation, (string?)route["operationId"]);
        Assert.Equal(body, SchemaOf(route["requestBody"], "application/json"));
        Assert.Equal(answer, SchemaOf(route["responses"]![success], "application/json"));
        Assert.All(["400", "401", "404"], status => Assert.Equal("Problem", SchemaOf(route["responses"]![status], "application/problem+json")));
        Assert.All([body, answer], schema => Assert.True(schema is null || document["components"]!["schemas"]![schema]!["properties"]!.AsObject().Count > 0));
    }

    [Fact]
    public async Task Document_HasEveryRouteOfTheService()
    {
        var document = await shared.Service.ReadAsync("/openapi/v1.json");

        var served = shared.Service.Server.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(static endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}"))
            .Where(static route => !route.Contains("openapi", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var listed = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}")).Order(StringComparer.Ordinal);

        Assert.Equal(served, listed);
    }

    [Fact]
    public async Task Document_Fields_AreThoseOfTheContract()
    {
        var schemas = (await shared.Service.ReadAsync("/openapi/v1.json"))["components"]!["schemas"]!;

        Assert.Equal("active,cronExpression,description,frequencyType,instanceId,intervalMinutes,name,workflow", FieldsOf(schemas["NewJob"]!));
        Assert.Equal("frequencyType,instanceId,workflow", string.Join(',', schemas["NewJob"]!["required"]!.AsArray().Select(static name => (string)name!).Order(StringComparer.Ordinal)));
        Assert.Equal("active,cronExpression,description,frequencyType,id,instanceId,intervalMinutes,lastRun,name,nextRun,workflow", FieldsOf(schemas["ScheduledJob"]!));
        Assert.Equal("createdAt,id,jobId,logPath,success", FieldsOf(schemas["HistoryEntry"]!));
        Assert.Equal("cursor,hasNextPage,items", FieldsOf(schemas["HistoryPage"]!));
        Assert.Equal(["CRON_BASED", "INTERVAL_BASED"], schemas["Frequency"]!["enum"]!.AsArray().Where(static name => name is not null).Select(static name => (string)name!));
    }

    private static string FieldsOf(JsonNode schema) => string.Join(',', schema["properties"]!.AsObject().Select(static field => field.Key).Order(StringComparer.Ordinal));

    private static string? SchemaOf(JsonNode? part, string type) => ((string?)part?["content"]?[type]?["schema"]?["$ref"])?.Split('/')[^1];
}
