using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>Contract A over HTTP: instances are created, read, listed, updated and deleted.</summary>
public abstract class InstanceTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Theory]
    [InlineData("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0}}""", "ONE_DAY", """{"hour":0}""")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":0,"dayOfWeek":0}}""", "ONE_WEEK", """{"hour":0,"dayOfWeek":0}""")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"dayOfWeek":0}}""", "ONE_DAY", """{"dayOfWeek":0}""")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":null,"dayOfWeek":3,"__typename":"X"}}""", "ONE_DAY", """{"dayOfWeek":3}""")]
    [InlineData("""{"name":"a"}""", "DISABLED", "null")]
    [InlineData("""{"name":"a","pollingIntervalCronExpression":{"hour":5}}""", "DISABLED", """{"hour":5}""")]
    public async Task Create_PublishedBodies_ComeBack(string body, string interval, string pin)
    {
        var created = await shared.Service.CreateAsync(body);

        Assert.Equal("id,name,description,integrationDefinitionId,pollingInterval,pollingIntervalCronExpression,config,nextRun", string.Join(',', created.Select(static field => field.Key)));
        Assert.Equal(interval, (string?)created["pollingInterval"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pin), created["pollingIntervalCronExpression"]), created.ToJsonString());
        Assert.Equal(created.ToJsonString(), (await shared.Service.ReadAsync(created)).ToJsonString());
    }

    [Theory]
    [InlineData("{}", "", "ONE_DAY", """{"hour":7}""")]
    [InlineData("""{"description":"d"}""", "description", "ONE_DAY", """{"hour":7}""")]
    [InlineData("""{"name":"b"}""", "name", "ONE_DAY", """{"hour":7}""")]
    [InlineData("""{"pollingInterval":"FOUR_HOURS"}""", "pollingInterval,nextRun", "FOUR_HOURS", """{"hour":7}""")]
    [InlineData("""{"pollingIntervalCronExpression":{"dayOfWeek":2}}""", "pollingIntervalCronExpression,nextRun", "ONE_DAY", """{"dayOfWeek":2}""")]
    [InlineData("""{"pollingIntervalCronExpression":{}}""", "pollingIntervalCronExpression,nextRun", "ONE_DAY", "{}")]
    [InlineData("""{"pollingIntervalCronExpression":null}""", "pollingIntervalCronExpression,nextRun", "ONE_DAY", "null")]
    public async Task Update_IsPartial_AndReplacesTheOverrideWhole(string body, string changed, string interval, string pin)
    {
        var before = await shared.Service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":7}}""");
        await shared.Service.Server.AdvanceAsync(Duration.FromSeconds(1));

        var after = await shared.Service.UpdateAsync(before, body);

        Assert.Equal(changed, string.Join(',', after.Where(field => !JsonNode.DeepEquals(field.Value, before[field.Key])).Select(static field => field.Key)));
        Assert.Equal(interval, (string?)after["pollingInterval"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pin), after["pollingIntervalCronExpression"]), after.ToJsonString());
    }

    [Fact]
    public async Task List_ShowsTheAccountsInstances_PageByPage()
    {
        await using var service = await Service.StartAsync<TStore>();
        var expected = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < 5; n++)
            expected.Add((string)(await service.CreateAsync("""{"name":"a"}"""))["id"]!);
        await service.CreateAsync("""{"name":"b"}""", "globex-key");

        var seen = new List<string>();
        JsonNode page;
        var cursor = "";
        do
        {
            var answer = await service.ReadAsync($"/integrationInstances?size=2{cursor}");
            seen.AddRange(answer["instances"]!.AsArray().Select(static instance => (string)instance!["id"]!));
            page = answer["pageInfo"]!;
            cursor = $"&cursor={page["endCursor"]}";
        }
        while ((bool)page["hasNextPage"]!);

        Assert.Equal(5, seen.Count);
        Assert.True(expected.SetEquals(seen));
    }

    [Fact]
    public async Task BulkUpdate_TellsEachId()
    {
        var one = await shared.Service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY"}""");
        var theirs = await shared.Service.CreateAsync("""{"name":"b","pollingInterval":"ONE_DAY"}""", "globex-key");

        var (status, body) = await shared.Service.SendAsync(HttpMethod.Post, "/integrationInstances/bulkUpdate", $$$"""{"ids":["{{{one["id"]}}}","{{{theirs["id"]}}}","x"],"update":{"pollingInterval":"ONE_WEEK"}}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([(string?)one["id"]], body["successIds"]!.AsArray().Select(static id => (string?)id));
        Assert.Equal([(string?)theirs["id"], "x"], body["failed"]!.AsArray().Select(static item => (string?)item!["id"]));
        Assert.Equal("ONE_WEEK", (string?)(await shared.Service.ReadAsync(one))["pollingInterval"]);
    }

    [Fact]
    public async Task Delete_ThenGone_WithItsValues()
    {
        await using var service = await Service.StartAsync<TStore>();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY","config":{"token":"x"}}""");

        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Delete, Service.PathOf(instance))).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, Service.PathOf(instance))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Delete, Service.PathOf(instance))).Status);
        Assert.Empty((await service.Server.Scheduler.ForTenant("acme").Secrets.ListNamesAsync()).Items);
    }

    [Fact]
    public async Task OtherAccounts_FindNothing_AndWithoutAKeyNobodyComesIn()
    {
        var instance = await shared.Service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY"}""");
        var path = Service.PathOf(instance);

        foreach (var (method, end, body) in new[] { ("GET", "", null), ("PATCH", "", """{"name":"b"}"""), ("POST", "/invoke", null), ("DELETE", "", null) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await shared.Service.SendAsync(new HttpMethod(method), path + end, body, "globex-key")).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await shared.Service.SendAsync(new HttpMethod(method), path + end, body, key: null)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await shared.Service.SendAsync(new HttpMethod(method), path + end, body, key: "guess")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await shared.Service.SendAsync(HttpMethod.Get, $"/integrationJobs?integrationInstanceId={instance["id"]}", key: "globex-key")).Status);
        Assert.Equal(instance.ToJsonString(), (await shared.Service.ReadAsync(instance)).ToJsonString());
    }
}
