using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using PollingService.Work;
using Scheduling;
using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>Contract A over HTTP: invoke, statuses, events and pages of runs.</summary>
public abstract class RunTests<TStore>
    where TStore : IServiceStore, new()
{
    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public async Task Invoke_OfADisabledInstance_RunsOnce_AndIsRefusedWhileItRuns(string? body)
    {
        var gate = new TaskCompletionSource();
        await using var service = await Service.StartAsync<TStore>(async (run, _) =>
        {
            run.Report(RunEventLevel.Error, "page.skipped", "page 7");
            await gate.Task;
            return JobResult.Success();
        });
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"DISABLED"}""");
        var path = Service.PathOf(instance) + "/invoke";

        var (status, invoked) = await service.SendAsync(HttpMethod.Post, path, body);
        var (refused, problem) = await service.SendAsync(HttpMethod.Post, path, body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, "ALREADY_EXECUTING_ERROR"), (status, refused, (string?)problem["code"]));
        Assert.Equal((string?)invoked["integrationJobId"], (string?)problem["integrationJobId"]);
        Assert.Null(Assert.Single(await service.RunsAsync("?status=IN_PROGRESS"))["endDate"]);
        gate.SetResult();
        await service.Server.Time.UntilAsync(() => service.RunsAsync("?status=COMPLETED_WITH_ERRORS").Result.Count == 1);
        var ended = Assert.Single(await service.RunsAsync(""));
        Assert.Equal((true, (string?)invoked["integrationJobId"]), ((bool)ended["errorsOccurred"]!, (string?)ended["id"]));
        var events = await service.ReadAsync($"/integrationJobs/{ended["id"]}/events");
        Assert.Equal(("page.skipped", "page 7", "Error"), ((string?)events["events"]![0]!["name"], (string?)events["events"]![0]!["description"], (string?)events["events"]![0]!["level"]));
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, $"/integrationJobs/{ended["id"]}/events", key: "globex-key")).Status);
    }

    [Fact]
    public async Task Statuses_AreThoseOfTheContract()
    {
        var gate = new TaskCompletionSource();
        await using var service = await Service.StartAsync<TStore>(async (run, _) =>
        {
            if (run.JobName is "fails")
                return JobResult.Failed("no");
            run.Phase = "PERSISTING_DATA";
            await gate.Task;
            return run.JobName is "warns" ? JobResult.CompletedWithErrors() : JobResult.Success();
        });
        foreach (var name in new[] { "fails", "warns", "works" })
            await service.InvokeAsync(await service.CreateAsync($$"""{"name":"{{name}}"}"""));

        await service.Server.Time.AdvanceUntilAsync(() => service.RunsAsync("?status=PERSISTING_DATA").Result.Count == 2, () => service.Server.IsAsleep, TimeSpan.FromMinutes(2));
        Assert.Empty(await service.RunsAsync("?status=IN_PROGRESS"));
        gate.SetResult();
        await service.Server.RestAsync();

        Assert.Equal(["COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED"], (await service.RunsAsync("")).Select(static run => (string)run["status"]!).Order(StringComparer.Ordinal));
        Assert.Equal([false, true, true], (await service.RunsAsync("")).OrderBy(static run => (string)run["status"]!, StringComparer.Ordinal).Select(static run => (bool)run["errorsOccurred"]!));
        Assert.All(new[] { "COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED" }, status => Assert.Equal(status, (string?)Assert.Single(service.RunsAsync($"?status={status}").Result)["status"]));
    }

    [Fact]
    public async Task List_ByInstanceAndDefinition_ShowsOnlyTheirs()
    {
        await using var service = await Service.StartAsync<TStore>();
        var one = await service.CreateAsync("""{"name":"one","integrationDefinitionId":"github"}""");
        var two = await service.CreateAsync("""{"name":"two","integrationDefinitionId":"okta"}""");
        await service.RunAsync(one);
        await service.RunAsync(two);

        Assert.Equal(2, (await service.RunsAsync("")).Count);
        Assert.Equal((string?)one["id"], (string?)Assert.Single(await service.RunsAsync($"?integrationInstanceId={one["id"]}"))["integrationInstanceId"]);
        Assert.Equal((string?)two["id"], (string?)Assert.Single(await service.RunsAsync("?integrationDefinitionId=okta"))["integrationInstanceId"]);
        Assert.Empty(await service.RunsAsync("?integrationDefinitionId=generic"));
        Assert.Empty((await service.SendAsync(HttpMethod.Get, "/integrationJobs", key: "globex-key")).Body["jobs"]!.AsArray());
    }

    [Fact]
    public async Task List_PagesWhileRunsArrive_ShowEachOnceWithoutAGap()
    {
        await using var service = await Service.StartAsync<TStore>();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"DISABLED"}""");
        for (var n = 0; n < 5; n++)
            await service.RunAsync(instance);
        var before = (await service.RunsAsync("")).Select(static run => (string)run["id"]!).ToList();

        var seen = new List<string>();
        JsonNode page;
        var cursor = "";
        do
        {
            var answer = await service.ReadAsync($"/integrationJobs?integrationInstanceId={instance["id"]}&size=2{cursor}");
            seen.AddRange(answer["jobs"]!.AsArray().Select(static run => (string)run!["id"]!));
            page = answer["pageInfo"]!;
            cursor = $"&cursor={page["endCursor"]}";
            await service.RunAsync(instance);
        }
        while ((bool)page["hasNextPage"]!);

        Assert.Equal(5, before.Count);
        Assert.Equal(before, seen);
    }

    [Fact]
    public async Task Runs_AreKeptForThirtyDays()
    {
        await using var service = await Service.StartAsync<TStore>();
        var instance = await service.CreateAsync("""{"name":"a"}""");
        await service.RunAsync(instance);

        await service.Server.LeapAsync(ServiceServer.Begin + Duration.FromDays(29));
        var kept = await service.RunsAsync("");
        await service.Server.LeapAsync(ServiceServer.Begin + Duration.FromDays(30) + Duration.FromHours(1));
        await service.Server.AdvanceAsync(Duration.FromMinutes(5)); // so often does a node without work sweep

        Assert.Single(kept);
        Assert.Empty(await service.RunsAsync(""));
    }

    [Fact]
    public async Task Work_ReceivesItsHistory()
    {
        var seen = new List<(Instant Start, Instant? Previous, ExecutionStatus? Status, Instant? Success)>();
        await using var service = await Service.StartAsync<TStore>((run, _) =>
        {
            seen.Add((run.StartedAt, run.PreviousRun?.StartedAt, run.PreviousRun?.Status, run.LastSuccessAt));
            return ValueTask.FromResult(seen.Count == 2 ? JobResult.Failed("once") : JobResult.Success());
        });
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_HOUR"}""");

        for (var n = 0; n < 3; n++)
            await service.RunNextAsync(instance);

        Assert.Equal((null, null, null), (seen[0].Previous, seen[0].Status, seen[0].Success));
        Assert.Equal((seen[0].Start, ExecutionStatus.Succeeded, seen[0].Start), (seen[1].Previous, seen[1].Status, seen[1].Success));
        Assert.Equal((seen[1].Start, ExecutionStatus.Failed, seen[0].Start), (seen[2].Previous, seen[2].Status, seen[2].Success));
    }

    [Fact]
    public async Task AKind_PausedAsAWhole_RunsNothing_AndGoesOnWithoutAStorm()
    {
        var runs = 0;
        await using var service = await Service.StartAsync<TStore>((_, _) =>
        {
            Interlocked.Increment(ref runs);
            return default;
        });
        var kind = PauseScope.ForExecutor(Definition.ExecutorOf("github"));
        var paused = await service.CreateAsync("""{"name":"a","integrationDefinitionId":"github","pollingInterval":"ONE_HOUR"}""");
        await service.Server.Scheduler.PauseAsync(kind, by: "on call", reason: "their API is down");
        var later = await service.CreateAsync("""{"name":"b","integrationDefinitionId":"github","pollingInterval":"ONE_HOUR"}""");
        await service.Server.LeapAsync(ServiceServer.Begin + Duration.FromDays(3));

        var (status, problem) = await service.SendAsync(HttpMethod.Post, Service.PathOf(later) + "/invoke");
        Assert.Equal((HttpStatusCode.Conflict, "PAUSED", 0), (status, (string?)problem["code"], runs));
        Assert.Null(await service.NextRunAsync(paused));
        Assert.Null(await service.NextRunAsync(later));

        await service.Server.Scheduler.ResumeAsync(kind);
        await service.Server.AdvanceAsync(Duration.FromMinutes(1));
        Assert.Equal(0, runs);
        Assert.NotNull(await service.NextRunAsync(later));
    }
}
