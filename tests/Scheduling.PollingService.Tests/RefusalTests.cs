using System.Net;
using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>Contract A over HTTP: bad input is refused with the field named, and nothing changes.</summary>
public abstract class RefusalTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Theory]
    [InlineData("""{"pollingIntervalCronExpression":{"hour":24}}""", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"pollingIntervalCronExpression":{"hour":-1}}""", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"pollingIntervalCronExpression":{"hour":1.5}}""", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"pollingIntervalCronExpression":{"hour":"1"}}""", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"pollingIntervalCronExpression":{"dayOfWeek":7}}""", "pollingIntervalCronExpression.dayOfWeek")]
    [InlineData("""{"pollingIntervalCronExpression":{"dayOfWeek":-1}}""", "pollingIntervalCronExpression.dayOfWeek")]
    [InlineData("""{"pollingIntervalCronExpression":{"minute":1}}""", "pollingIntervalCronExpression.minute")]
    [InlineData("""{"pollingIntervalCronExpression":{"hour":1,"hour":2}}""", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"pollingIntervalCronExpression":"0 0 * * *"}""", "pollingIntervalCronExpression")]
    [InlineData("""{"pollingIntervalCronExpression":[0]}""", "pollingIntervalCronExpression")]
    [InlineData("""{"pollingInterval":"SOMETIMES"}""", "pollingInterval")]
    [InlineData("""{"pollingInterval":"one_day"}""", "pollingInterval")]
    [InlineData("""{"pollingInterval":7}""", "pollingInterval")]
    [InlineData("""{"pollingInterval":null}""", "pollingInterval")]
    [InlineData("""{"pollingInterval":"ONE_DAY","pollingInterval":"ONE_WEEK"}""", "pollingInterval")]
    [InlineData("""{"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", "cronExpression", "frequencyType")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"\udc00"}""", "name")]
    [InlineData("""{"colour":"red"}""", "colour")]
    [InlineData("""{"integrationDefinitionId":"okta"}""", "integrationDefinitionId")]
    [InlineData("""{"config":[]}""", "config")]
    [InlineData("""{"config":{"token":1}}""", "config.token")]
    [InlineData("""{"config":{"token":""}}""", "config.token")]
    [InlineData("""{"pollingInterval":"ONE_WEEK","config":{"token":"********"}}""", "config.token")]
    [InlineData("""{"pollingInterval":"ONE_WEEK","config":{" ":"x"}}""", "config")]
    public async Task Update_BadInput_IsRefusedWithTheField_AndChangesNothing(string body, params string[] fields)
    {
        var instance = await shared.Service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":3}}""");

        var (status, problem) = await shared.Service.SendAsync(HttpMethod.Patch, Service.PathOf(instance), body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_INPUT"), (status, (string?)problem["code"]));
        Assert.Equal(fields, Service.FieldsOf(problem).Order(StringComparer.Ordinal));
        Assert.Equal(instance.ToJsonString(), (await shared.Service.ReadAsync(instance)).ToJsonString());
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"pollingInterval":"ONE_DAY"}""", "name")]
    [InlineData("""{"name":"x","pollingIntervalCronExpression":{"hour":24,"dayOfWeek":7}}""", "pollingIntervalCronExpression.dayOfWeek", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"name":"x","integrationDefinitionId":"none"}""", "integrationDefinitionId")]
    [InlineData("""{"name":"x","config":{"token":"********"}}""", "config.token")]
    [InlineData("""{"pollingInterval":"NOW","colour":"red","config":7}""", "colour", "config", "name", "pollingInterval")]
    public async Task Create_BadInput_IsRefusedWithEachField_AndNothingIsStored(string body, params string[] fields)
    {
        var (status, problem) = await shared.Service.SendAsync(HttpMethod.Post, "/integrationInstances", body, "globex-key");

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_INPUT"), (status, (string?)problem["code"]));
        Assert.Equal(fields, Service.FieldsOf(problem).Order(StringComparer.Ordinal));
        Assert.Empty((await shared.Service.SendAsync(HttpMethod.Get, "/integrationInstances", key: "globex-key")).Body["instances"]!.AsArray());
    }

    [Theory]
    [InlineData("/integrationInstances", "")]
    [InlineData("/integrationInstances", "{")]
    [InlineData("/integrationInstances", "[]")]
    [InlineData("/integrationInstances/bulkUpdate", "null")]
    public async Task Bodies_ThatAreNoJsonObject_AreRefused(string path, string body)
    {
        var (status, problem) = await shared.Service.SendAsync(HttpMethod.Post, path, body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_JSON"), (status, (string?)problem["code"]));
    }

    [Theory]
    [InlineData("{}", "ids", "update")]
    [InlineData("""{"ids":"all","update":{}}""", "ids")]
    [InlineData("""{"ids":[1],"update":{}}""", "ids")]
    [InlineData("""{"ids":[],"update":{"pollingInterval":"NOW"}}""", "pollingInterval")]
    [InlineData("""{"ids":[],"update":{},"colour":"red"}""", "colour")]
    public async Task BulkUpdate_BadInput_IsRefusedAsAWhole(string body, params string[] fields)
    {
        var (status, problem) = await shared.Service.SendAsync(HttpMethod.Post, "/integrationInstances/bulkUpdate", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(fields, Service.FieldsOf(problem).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/integrationJobs?status=SOMETIMES", HttpStatusCode.BadRequest, "status")]
    [InlineData("/integrationJobs?cursor=x", HttpStatusCode.BadRequest, "cursor")]
    [InlineData("/integrationJobs?size=0", HttpStatusCode.BadRequest, "size")]
    [InlineData("/integrationInstances?size=1001", HttpStatusCode.BadRequest, "size")]
    [InlineData("/integrationInstances?cursor=x", HttpStatusCode.BadRequest, "cursor")]
    [InlineData("/integrationJobs?integrationInstanceId=x", HttpStatusCode.NotFound, "integrationInstanceId")]
    [InlineData("/integrationJobs?integrationInstanceId=019a9d2e-5c1f-7c3a-9f00-0123456789ab", HttpStatusCode.NotFound, "integrationInstanceId")]
    [InlineData("/integrationInstances/x", HttpStatusCode.NotFound, "id")]
    [InlineData("/integrationJobs/x/events", HttpStatusCode.NotFound, "id")]
    [InlineData("/integrationJobs/019a9d2e-5c1f-7c3a-9f00-0123456789ab/events", HttpStatusCode.NotFound, "id")]
    public async Task Reads_ThatCannotBeAsked_AreRefusedWithTheField(string path, HttpStatusCode expected, string field)
    {
        var (status, problem) = await shared.Service.SendAsync(HttpMethod.Get, path);

        Assert.Equal(expected, status);
        Assert.Equal([field], Service.FieldsOf(problem));
    }
}
