using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>The OpenAPI document tells everything a client needs: each route, its body, its answers.</summary>
public sealed class OpenApiTests(SharedService<InMemory> shared) : IClassFixture<SharedService<InMemory>>
{
    [Theory]
    [InlineData("post", "/integrationInstances", "createIntegrationInstance", "NewInstance", "201", "IntegrationInstance")]
    [InlineData("get", "/integrationInstances", "integrationInstances", null, "200", "InstancePage")]
    [InlineData("get", "/integrationInstances/{id}", "integrationInstance", null, "200", "IntegrationInstance")]
    [InlineData("patch", "/integrationInstances/{id}", "updateIntegrationInstance", "InstanceUpdate", "200", "IntegrationInstance")]
    [InlineData("delete", "/integrationInstances/{id}", "deleteIntegrationInstance", null, "200", "Deleted")]
    [InlineData("post", "/integrationInstances/{id}/invoke", "invokeIntegrationInstance", null, "200", "Invoked")]
    [InlineData("post", "/integrationInstances/bulkUpdate", "bulkUpdateIntegrationInstances", "BulkUpdate", "200", "BulkUpdated")]
    [InlineData("get", "/integrationJobs", "integrationJobs", null, "200", "IntegrationJobPage")]
    [InlineData("get", "/integrationJobs/{id}/events", "integrationJobEvents", null, "200", "IntegrationEventPage")]
    public async Task Document_HasTheRoute_WithItsBodyAndAnswers(string method, string path, string operation, string? body, string success, string answer)
    {
        var document = await shared.Service.ReadAsync("/openapi/v1.json");

        var route = document["paths"]![path]![method]!;
        Assert.Equal(operation, (string?)route["operationId"]);
        Assert.Equal(body, SchemaOf(route["requestBody"], "application/json"));
        Assert.Equal(answer, SchemaOf(route["responses"]![success], "application/json"));
        Assert.All(["400", "401", "404"], status => Assert.Equal("Problem", SchemaOf(route["responses"]![status], "application/problem+json")));
        Assert.Equal(operation is "invokeIntegrationInstance", route["responses"]!["409"] is not null);
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

        Assert.Equal("config,description,name,pollingInterval,pollingIntervalCronExpression", FieldsOf(schemas["InstanceUpdate"]!));
        Assert.Equal("dayOfWeek,hour", FieldsOf(schemas["CronPin"]!));
        Assert.Equal((0, 23, 0, 6), (Limit("hour", "minimum"), Limit("hour", "maximum"), Limit("dayOfWeek", "minimum"), Limit("dayOfWeek", "maximum")));
        Assert.Equal("createDate,endDate,errorsOccurred,id,integrationDefinitionId,integrationInstanceId,status", FieldsOf(schemas["IntegrationJob"]!));
        Assert.Equal(["DISABLED", "FIFTEEN_MINUTES", "THIRTY_MINUTES", "ONE_HOUR", "FOUR_HOURS", "EIGHT_HOURS", "TWELVE_HOURS", "ONE_DAY", "ONE_WEEK"], NamesOf(schemas["Interval"]!));
        Assert.Equal(["IN_PROGRESS", "PERSISTING_DATA", "COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED"], NamesOf(schemas["JobStatus"]!));

        int Limit(string field, string end) => (int)schemas["CronPin"]!["properties"]![field]![end]!;
    }

    private static IEnumerable<string> NamesOf(JsonNode schema) => schema["enum"]!.AsArray().Where(static name => name is not null).Select(static name => (string)name!);

    private static string FieldsOf(JsonNode schema) => string.Join(',', schema["properties"]!.AsObject().Select(static field => field.Key).Order(StringComparer.Ordinal));

    private static string? SchemaOf(JsonNode? part, string type) => ((string?)part?["content"]?[type]?["schema"]?["$ref"])?.Split('/')[^1];
}
