using System.Net;
using System.Text.Json.Nodes;

namespace PollingService.Tests;

/// <summary>Contract A over HTTP: instances, their intervals and overrides, masks, and what is refused.</summary>
public class InstanceTests
{
    [Theory]
    [InlineData("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0}}""", """{"hour":0}""")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"dayOfWeek":0}}""", """{"dayOfWeek":0}""")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":0,"dayOfWeek":0}}""", """{"hour":0,"dayOfWeek":0}""")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":null}""", "null")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_DAY"}""", "null")]
    public async Task Create_PublishedBodies_ComeBack(string body, string expected)
    {
        await using var service = await ServiceHost.StartAsync();

        var created = await service.CreateAsync(body);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), created["pollingIntervalCronExpression"]), created.ToJsonString());
        var (status, read) = await service.SendAsync(HttpMethod.Get, $"/integrationInstances/{created["id"]}");
        Assert.Equal((HttpStatusCode.OK, created.ToJsonString()), (status, read.ToJsonString()));
    }

    [Fact]
    public async Task Update_IsPartial_AndKeepsTheOverrideForAnIntervalThatUsesIt()
    {
        await using var service = await ServiceHost.StartAsync();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"FOUR_HOURS","pollingIntervalCronExpression":{"hour":7}}""");

        var updated = await service.UpdateAsync(instance, """{"pollingInterval":"ONE_DAY"}""");
        var renamed = await service.UpdateAsync(instance, """{"name":"b"}""");

        Assert.Equal(7, (int)updated["pollingIntervalCronExpression"]!["hour"]!);
        Assert.StartsWith("2026-03-05T07:", (string?)updated["nextRun"], StringComparison.Ordinal);
        Assert.Equal(("b", (string?)updated["nextRun"]), ((string?)renamed["name"], (string?)renamed["nextRun"]));
    }

    [Theory]
    [InlineData("""{"pollingIntervalCronExpression":{"hour":24}}""", "hour")]
    [InlineData("""{"pollingIntervalCronExpression":{"hour":-1}}""", "hour")]
    [InlineData("""{"pollingIntervalCronExpression":{"dayOfWeek":7}}""", "dayOfWeek")]
    [InlineData("""{"pollingInterval":"SOMETIMES"}""", "pollingInterval")]
    [InlineData("""{"pollingInterval":7}""", "pollingInterval")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"colour":"red"}""", "colour")]
    [InlineData("""{"config":{"token":1}}""", "config.token")]
    public async Task Update_BadInput_IsRefusedWithTheFieldAndChangesNothing(string body, string field)
    {
        await using var service = await ServiceHost.StartAsync();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":3}}""");

        var (status, problem) = await service.SendAsync(HttpMethod.Patch, $"/integrationInstances/{instance["id"]}", body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_INPUT"), (status, (string?)problem["code"]));
        Assert.Contains(problem["errors"]!.AsArray(), error => ((string)error!["field"]!).EndsWith(field, StringComparison.Ordinal));
        var (_, read) = await service.SendAsync(HttpMethod.Get, $"/integrationInstances/{instance["id"]}");
        Assert.Equal(instance.ToJsonString(), read.ToJsonString());
    }

    [Fact]
    public async Task Config_IsMaskedAlways_AndAnEchoedMaskKeepsIt()
    {
        await using var service = await ServiceHost.StartAsync();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"DISABLED","config":{"token":"canary-1"}}""");
        Assert.DoesNotContain("canary", instance.ToJsonString(), StringComparison.Ordinal);

        var echoed = await service.UpdateAsync(instance, """{"config":{"token":"********","region":"eu"}}""");

        Assert.Equal("""{"region":"********","token":"********"}""", echoed["config"]!.ToJsonString());
        var names = (await service.Scheduler.ForTenant("acme").Secrets.ListNamesAsync()).Items;
        Assert.Equal(1, names.Single(name => name.Name.EndsWith(".token", StringComparison.Ordinal)).Version);
    }

    [Fact]
    public async Task OtherAccounts_FindNothing_AndWithoutAKeyNobodyComesIn()
    {
        await using var service = await ServiceHost.StartAsync();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY"}""");
        var path = $"/integrationInstances/{instance["id"]}";

        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, path, key: "globex-key")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Patch, path, """{"name":"b"}""", "globex-key")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Post, path + "/invoke", key: "globex-key")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Delete, path, key: "globex-key")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, path, key: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(HttpMethod.Get, path, key: "guess")).Status);
    }

    [Fact]
    public async Task BulkUpdate_TellsEachId()
    {
        await using var service = await ServiceHost.StartAsync();
        var one = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY"}""");
        var theirs = await service.CreateAsync("""{"name":"b","pollingInterval":"ONE_DAY"}""", "globex-key");

        var (status, body) = await service.SendAsync(HttpMethod.Post, "/integrationInstances/bulkUpdate", $$$"""{"ids":["{{{one["id"]}}}","{{{theirs["id"]}}}","x"],"update":{"pollingInterval":"ONE_WEEK"}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([(string?)one["id"]], body["successIds"]!.AsArray().Select(static id => (string?)id));
        Assert.Equal([(string?)theirs["id"], "x"], body["failed"]!.AsArray().Select(static item => (string?)item!["id"]));
    }

    [Fact]
    public async Task Create_WithoutAName_OrWithoutJson_IsRefused()
    {
        await using var service = await ServiceHost.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await service.SendAsync(HttpMethod.Post, "/integrationInstances", """{"pollingInterval":"ONE_DAY"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.SendAsync(HttpMethod.Post, "/integrationInstances", "{")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.SendAsync(HttpMethod.Post, "/integrationInstances", "[]")).Status);
    }

    [Fact]
    public async Task Delete_ThenGone()
    {
        await using var service = await ServiceHost.StartAsync();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY","config":{"token":"x"}}""");
        var path = $"/integrationInstances/{instance["id"]}";

        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Delete, path)).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, path)).Status);
        Assert.Empty((await service.Scheduler.ForTenant("acme").Secrets.ListNamesAsync()).Items);
    }
}
