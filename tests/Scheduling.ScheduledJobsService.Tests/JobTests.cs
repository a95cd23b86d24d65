using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>Contract B over HTTP: jobs are created, read, listed and deleted.</summary>
public abstract class JobTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Theory]
    [InlineData("""{"instanceId":"42","workflow":{"steps":[1,2]},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""",
        """{"instanceId":"42","workflow":{"steps":[1,2]},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *","intervalMinutes":null,"active":true,"name":null,"description":null,"nextRun":"2026-03-05T00:00:00Z","lastRun":null}""")]
    [InlineData("""{"instanceId":42,"workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":30,"name":"Sync","description":"Each half hour"}""",
        """{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","cronExpression":null,"intervalMinutes":30,"active":true,"name":"Sync","description":"Each half hour","nextRun":"2026-03-04T16:00:20Z","lastRun":null}""")]
    [InlineData("""{"instanceId":"west wing","workflow":{"a":null},"frequencyType":"CRON_BASED","cronExpression":"*/15 8-18 * * MON-FRI","intervalMinutes":null,"active":false}""",
        """{"instanceId":"west wing","workflow":{"a":null},"frequencyType":"CRON_BASED","cronExpression":"*/15 8-18 * * MON-FRI","intervalMinutes":null,"active":false,"name":null,"description":null,"nextRun":null,"lastRun":null}""")]
    public async Task Create_PublishedBodies_ComeBackWithTheirFields(string body, string expected)
    {
        var service = shared.Service;

        var created = await service.CreateAsync(body);

        var read = await service.ReadAsync(created);
        Assert.Equal("[]", read["history"]!.ToJsonString());
        read.Remove("history");
        Assert.Equal(created.ToJsonString(), read.ToJsonString());
        created.Remove("id");
        Assert.Equal(expected, created.ToJsonString());
    }

    [Theory]
    [InlineData("""{ "b" : 1.50, "a" : [ ] }""")]
    [InlineData("""{"twice":1,"twice":2,"huge":1e999}""")]
    [InlineData("""{"half":"\ud800","frequencyType":"CRON_BASED","emoji":"😀"}""")]
    public async Task Create_Workflow_ComesBackAsItWasSent(string workflow)
    {
        var service = shared.Service;

        var (_, job) = await service.SendAsync(HttpMethod.Post, "/scheduledJobs", $$"""{"instanceId":42,"workflow":{{workflow}},"frequencyType":"INTERVAL_BASED","intervalMinutes":30}""");
        var (_, text) = await service.Server.SendAsync(HttpMethod.Get, Service.PathOf(job), key: "ann-key");

        Assert.Contains($"\"workflow\":{workflow},", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ShowsTheInstancesJobs_PageByPage()
    {
        await using var service = await Service.StartAsync<TStore>();
        var expected = new List<string>();
        for (var n = 0; n < 5; n++, await service.Server.AdvanceAsync(Duration.FromSeconds(1)))
            expected.Add((string)(await service.CreateAsync(Service.Interval))["id"]!);
        await service.CreateAsync(Service.Interval.Replace("42", "west wing", StringComparison.Ordinal));

        var seen = new List<string>();
        JsonObject page;
        var cursor = "";
        do
        {
            page = await service.ReadAsync($"/scheduledJobs?instanceId=42&first=2{cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(static job => (string)job!["id"]!));
            cursor = $"&after={page["cursor"]}";
        }
        while ((bool)page["hasNextPage"]!);

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task Delete_EndsItsRuns_AndItIsGone()
    {
        var runs = 0;
        await using var service = await Service.StartAsync<TStore>((_, _) =>
        {
            Interlocked.Increment(ref runs);
            return default;
        });
        var job = await service.CreateAsync(Service.Interval);
        await service.RunNextAsync(job);

        var (status, answer) = await service.SendAsync(HttpMethod.Delete, Service.PathOf(job));
        await service.Server.LeapAsync(ServiceServer.Begin + Duration.FromDays(1));

        Assert.Equal((HttpStatusCode.OK, """{"success":true}""", 1), (status, answer.ToJsonString(), runs));
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, Service.PathOf(job))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Delete, Service.PathOf(job))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Patch, Service.PathOf(job), """{"instanceId":"42","name":"x"}""")).Status);
    }
}
