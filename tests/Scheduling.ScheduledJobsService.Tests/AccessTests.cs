using System.Net;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>Contract B over HTTP: who may use which instance. What is not allowed is not found, and changes nothing.</summary>
public abstract class AccessTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Fact]
    public async Task ForeignInstance_IsNotFound_WhateverIsAsked()
    {
        await using var service = await Service.StartAsync<TStore>();
        var job = await service.CreateAsync(Service.Interval);
        await service.RunNextAsync(job);
        var run = (string)(await service.HistoryAsync())[0]!["id"]!;

        Assert.Equal("instanceId", await RefusedAsync(service, HttpMethod.Post, "/scheduledJobs", Service.Interval));
        Assert.Equal("instanceId", await RefusedAsync(service, HttpMethod.Get, "/scheduledJobs?instanceId=42"));
        Assert.Equal("jobId", await RefusedAsync(service, HttpMethod.Get, Service.PathOf(job)));
        Assert.Equal("instanceId", await RefusedAsync(service, HttpMethod.Patch, Service.PathOf(job), """{"instanceId":"42","name":"mine"}"""));
        Assert.Equal("jobId", await RefusedAsync(service, HttpMethod.Patch, Service.PathOf(job), """{"instanceId":"7","name":"mine"}"""));
        Assert.Equal("id", await RefusedAsync(service, HttpMethod.Delete, Service.PathOf(job)));
        Assert.Equal("instanceId", await RefusedAsync(service, HttpMethod.Get, "/instances/42/jobHistory"));
        Assert.Equal("id", await RefusedAsync(service, HttpMethod.Get, $"/jobHistory/{run}"));
        Assert.Equal("id", await RefusedAsync(service, HttpMethod.Get, $"/jobHistory/{run}/log"));
        Assert.Equal("instanceId", await RefusedAsync(service, HttpMethod.Post, "/jobConfigs", """{"instanceId":"42","name":"token","value":"x"}"""));

        Assert.Null((await service.ReadAsync(job))["name"]);
        Assert.Single((await service.ReadAsync("/scheduledJobs?instanceId=42"))["items"]!.AsArray());
        Assert.Empty((await service.Server.Scheduler.ForTenant("42").Secrets.ListNamesAsync()).Items);
    }

    [Fact]
    public async Task Update_WithAnotherInstanceOfTheCaller_DoesNotFindTheJob()
    {
        await using var service = await Service.StartAsync<TStore>();
        var job = await service.CreateAsync(Service.Interval);

        var (status, problem) = await service.SendAsync(HttpMethod.Patch, Service.PathOf(job), """{"instanceId":"west wing","name":"x"}""");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(["jobId"], Service.FieldsOf(problem));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("019a9d2e5c1f7c3a9f000123456789ab")]
    [InlineData("019a9d2e5c1f7c3a9f000123456789abNDI")]
    [InlineData("019a9d2e5c1f7c3a9f000123456789ab!!!!")]
    [InlineData("019a9d2e-5c1f-7c3a-9f00-0123456789ab")]
    public async Task Ids_ThatNameNothing_AreNotFound(string id)
    {
        var service = shared.Service;

        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, $"/scheduledJobs/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await service.SendAsync(HttpMethod.Get, $"/jobHistory/{id}")).Status);
    }

    [Theory]
    [InlineData("POST", "/scheduledJobs")]
    [InlineData("GET", "/scheduledJobs?instanceId=42")]
    [InlineData("GET", "/instances/42/jobHistory")]
    [InlineData("POST", "/jobConfigs")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/nothing/there")]
    public async Task WithoutAKey_NobodyComesIn(string method, string path)
    {
        var service = shared.Service;

        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(new HttpMethod(method), path, key: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await service.SendAsync(new HttpMethod(method), path, key: "guess")).Status);
    }

    private static async Task<string> RefusedAsync(Service service, HttpMethod method, string path, string? body = null)
    {
        var (status, problem) = await service.SendAsync(method, path, body, "bob-key");
        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (status, (string?)problem["code"]));
        return Assert.Single(Service.FieldsOf(problem));
    }
}
