using System.Net;
using Scheduling;

namespace PollingService.Tests;

/// <summary>Contract A over HTTP: invoke, statuses, events and pages of runs.</summary>
public class RunTests
{
    [Fact]
    public async Task Invoke_OfADisabledInstance_RunsOnce_AndIsRefusedWhileItRuns()
    {
        var gate = new TaskCompletionSource();
        await using var service = await ServiceHost.StartAsync(async (run, _) =>
        {
            run.Report(RunEventLevel.Error, "page.skipped", "page 7");
            await gate.Task;
            return JobResult.Success();
        });
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"DISABLED"}""");
        var path = $"/integrationInstances/{instance["id"]}/invoke";

        var (status, invoked) = await service.SendAsync(HttpMethod.Post, path);
        var (refused, problem) = await service.SendAsync(HttpMethod.Post, path);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict, "ALREADY_EXECUTING_ERROR"), (status, refused, (string?)problem["code"]));
        Assert.Single(await IdsAsync(service, "?status=IN_PROGRESS"));
        gate.SetResult();
        await service.Time.UntilAsync(() => IdsAsync(service, "?status=COMPLETED_WITH_ERRORS").Result.Count == 1);
        var (_, events) = await service.SendAsync(HttpMethod.Get, $"/integrationJobs/{invoked["integrationJobId"]}/events");
        Assert.Equal("page.skipped", (string?)events["events"]![0]!["name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, $"/integrationJobs/{invoked["integrationJobId"]}/events", key: "globex-key")).Status);
    }

    [Fact]
    public async Task List_PagesWhileRunsArrive_ShowEachOnce()
    {
        await using var service = await ServiceHost.StartAsync();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"DISABLED"}""");
        for (var n = 0; n < 5; n++)
            await RunAsync(service, instance["id"]!.ToString());
        var before = await IdsAsync(service, "");
        var seen = new List<string>();
        var query = $"?integrationInstanceId={instance["id"]}&size=2";
        for (string? cursor = null; seen.Count == 0 || cursor is not null;)
        {
            var (_, page) = await service.SendAsync(HttpMethod.Get, $"/integrationJobs{query}{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page["jobs"]!.AsArray().Select(static run => (string)run!["id"]!));
            cursor = (string?)page["pageInfo"]!["endCursor"];
            await RunAsync(service, instance["id"]!.ToString());
        }

        Assert.Equal(before, seen);
    }

    [Theory]
    [InlineData("?status=SOMETIMES", HttpStatusCode.BadRequest)]
    [InlineData("?cursor=x", HttpStatusCode.BadRequest)]
    [InlineData("?integrationInstanceId=x", HttpStatusCode.NotFound)]
    [InlineData("?integrationInstanceId=019a9d2e-5c1f-7c3a-9f00-0123456789ab", HttpStatusCode.NotFound)]
    public async Task List_WhatCannotBeAsked_IsRefused(string query, HttpStatusCode expected)
    {
        await using var service = await ServiceHost.StartAsync();

        Assert.Equal(expected, (await service.SendAsync(HttpMethod.Get, "/integrationJobs" + query)).Status);
    }

    private static async Task RunAsync(ServiceHost service, string instance)
    {
        var before = (await IdsAsync(service, "?status=COMPLETED")).Count;
        Assert.Equal(HttpStatusCode.OK, (await service.SendAsync(HttpMethod.Post, $"/integrationInstances/{instance}/invoke")).Status);
        await service.Time.UntilAsync(() => IdsAsync(service, "?status=COMPLETED").Result.Count == before + 1);
    }

    private static async Task<List<string>> IdsAsync(ServiceHost service, string query)
    {
        var (_, page) = await service.SendAsync(HttpMethod.Get, "/integrationJobs" + query);
        return [.. page["jobs"]!.AsArray().Select(static run => (string)run!["id"]!)];
    }
}
