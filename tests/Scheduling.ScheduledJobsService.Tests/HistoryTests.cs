using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using Scheduling;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>Contract B over HTTP: jobs run, and their history is shown.</summary>
public abstract class HistoryTests<TStore>
    where TStore : IServiceStore, new()
{
    [Fact]
    public async Task Runs_AreInTheHistory_NewestFirst()
    {
        await using var service = await Service.StartAsync<TStore>();
        var job = await service.CreateAsync(Service.Interval);
        for (var n = 0; n < 3; n++)
            await service.RunNextAsync(job);

        var history = await service.HistoryAsync();

        Assert.Equal(3, history.Count);
        Assert.All(history, entry => Assert.Equal(
            ((string?)job["id"], true, $"/jobHistory/{entry!["id"]}/log"), ((string?)entry["jobId"], (bool)entry["success"]!, (string?)entry["logPath"])));
        Assert.Equal(history.Select(static entry => (string)entry!["createdAt"]!).OrderDescending(StringComparer.Ordinal), history.Select(static entry => (string)entry!["createdAt"]!));
        Assert.Equal("id,jobId,success,logPath,createdAt", string.Join(',', history[0]!.AsObject().Select(static field => field.Key)));
        var read = await service.ReadAsync(job);
        Assert.Equal(history.ToJsonString(), read["history"]!.ToJsonString());
        Assert.Equal(Service.TimeOf(history[0]!["createdAt"]), Service.TimeOf(read["lastRun"]));
    }

    [Fact]
    public async Task FailedRun_IsNotRepeated_AndTheNextOneRunsAtItsTime()
    {
        await using var service = await Service.StartAsync<TStore>(static (_, _) => ValueTask.FromResult(JobResult.Failed("no connection")));
        var job = await service.CreateAsync(Service.Interval);

        await service.RunNextAsync(job);
        await service.Server.AdvanceAsync(Duration.FromMinutes(5));
        var first = await service.HistoryAsync();
        await service.RunNextAsync(job);

        Assert.False((bool)Assert.Single(first)!["success"]!);
        var both = await service.HistoryAsync();
        Assert.Equal(2, both.Count);
        Assert.InRange(Service.TimeOf(both[0]!["createdAt"])!.Value, ServiceServer.Begin + Duration.FromMinutes(20), ServiceServer.Begin + Duration.FromMinutes(22));
        Assert.Contains("no connection", (string?)(await service.ReadAsync($"/jobHistory/{both[0]!["id"]}"))["log"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_HasItsLog_HereAndUnderItsPath()
    {
        await using var service = await Service.StartAsync<TStore>(static (run, _) =>
        {
            run.Report(RunEventLevel.Warning, "page.skipped", "page 7\nof 9");
            return ValueTask.FromResult(JobResult.Success("8 pages"));
        });
        await service.RunNextAsync(await service.CreateAsync(Service.Interval));
        var entry = (await service.HistoryAsync())[0]!;

        var details = await service.ReadAsync($"/jobHistory/{entry["id"]}");
        var (status, log) = await service.Server.SendAsync(HttpMethod.Get, (string)entry["logPath"]!, key: "ann-key");

        Assert.Equal((HttpStatusCode.OK, (string?)details["log"]), (status, log));
        var lines = log.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("Z Warning page.skipped page 7 of 9", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Z Succeeded 8 pages", lines[1], StringComparison.Ordinal);
        details.Remove("log");
        Assert.True(JsonNode.DeepEquals(entry, details));
    }

    [Fact]
    public async Task Pages_WhileRunsArrive_ShowEachOnceWithoutAGap()
    {
        await using var service = await Service.StartAsync<TStore>();
        var one = await service.CreateAsync(Service.Interval);
        await service.CreateAsync(Service.Interval);
        for (var n = 0; n < 4; n++)
            await service.RunNextAsync(one);
        var before = (await service.HistoryAsync()).Select(static entry => (string)entry!["id"]!).ToList();

        var seen = new List<string>();
        JsonObject page;
        var cursor = "";
        do
        {
            page = await service.ReadAsync($"/instances/42/jobHistory?first=3{cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(static entry => (string)entry!["id"]!));
            cursor = $"&after={page["cursor"]}";
            await service.RunNextAsync(one);
        }
        while ((bool)page["hasNextPage"]!);

        Assert.Equal(8, before.Count);
        Assert.Equal(before, seen);
        Assert.Null(page["cursor"]);
    }

    [Fact]
    public async Task Page_WithoutFirst_HasAHundred()
    {
        await using var service = await Service.StartAsync<TStore>();
        var created = new List<JsonObject>();
        for (var n = 0; n < 10; n++)
            created.Add(await service.CreateAsync(Service.Interval));
        var jobs = service.Server.Scheduler.ForTenant("42");
        var ids = (await jobs.ListAsync()).Items.Select(static job => job.Id).ToList();
        for (var n = 0; n < 11; n++)
        {
            foreach (var id in ids)
                await jobs.RunNowAsync(id);
            await service.Server.Time.UntilAsync(() => jobs.ListAsync().AsTask().Result.Items.All(static job => job.OpenExecutions == 0));
        }

        var page = await service.ReadAsync("/instances/42/jobHistory");

        Assert.Equal((100, true), (page["items"]!.AsArray().Count, (bool)page["hasNextPage"]!));
        Assert.Equal(10, (await service.ReadAsync(created[0]))["history"]!.AsArray().Count);
    }

    [Fact]
    public async Task Cursor_OfAnotherInstance_IsRefused()
    {
        await using var service = await Service.StartAsync<TStore>();
        var job = await service.CreateAsync(Service.Interval);
        await service.RunNextAsync(job);
        await service.RunNextAsync(job);
        var cursor = (await service.ReadAsync("/instances/42/jobHistory?first=1"))["cursor"];

        var (status, problem) = await service.SendAsync(HttpMethod.Get, $"/instances/west%20wing/jobHistory?after={cursor}");

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_CURSOR"), (status, (string?)problem["code"]));
    }
}
