using System.Net;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>Contract B over HTTP: bad input is refused with the field named, and nothing is stored.</summary>
public abstract class RefusalTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Theory]
    [InlineData("""{"workflow":{},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", "instanceId")]
    [InlineData("""{"instanceId":null,"workflow":{},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", "instanceId")]
    [InlineData("""{"instanceId":4.2,"workflow":{},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", "instanceId")]
    [InlineData("""{"instanceId":"42","frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", "workflow")]
    [InlineData("""{"instanceId":"42","workflow":[],"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", "workflow")]
    [InlineData("""{"instanceId":"42","workflow":"{}","frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""", "workflow")]
    [InlineData("""{"instanceId":"42","workflow":{},"cronExpression":"0 0 * * *"}""", "frequencyType")]
    [InlineData("""{"instanceId":"42","workflow":{}}""", "frequencyType")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"HOURLY"}""", "frequencyType")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"cron_based","cronExpression":"0 0 * * *"}""", "frequencyType")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":1,"cronExpression":"0 0 * * *"}""", "frequencyType")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"CRON_BASED"}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"CRON_BASED","cronExpression":"0 0 * *"}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"CRON_BASED","cronExpression":"0 24 * * *"}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"CRON_BASED","cronExpression":"0 0 30 2 *"}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"CRON_BASED","cronExpression":7}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *","intervalMinutes":5}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED"}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":0}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":-5}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":1.5}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":"5"}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":99999999999}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"cronExpression":"0 0 * * *"}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"active":"yes"}""", "active")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"active":null}""", "active")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"name":7}""", "name")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"name":"\ud800"}""", "name")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"description":[]}""", "description")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"colour":"red"}""", "colour")]
    [InlineData("""{"instanceId":"42","workflow":{},"pollingInterval":"ONE_DAY"}""", "frequencyType", "pollingInterval")]
    [InlineData("""{"instanceId":"42","workflow":{},"frequencyType":"INTERVAL_BASED","intervalMinutes":5,"intervalMinutes":6}""", "intervalMinutes")]
    public async Task Create_BadInput_IsRefusedWithTheField_AndNothingIsStored(string body, params string[] fields)
    {
        var service = shared.Service;

        var (status, problem) = await service.SendAsync(HttpMethod.Post, "/scheduledJobs", body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_INPUT"), (status, (string?)problem["code"]));
        Assert.Equal(fields, Service.FieldsOf(problem).Order(StringComparer.Ordinal));
        Assert.Empty((await service.ReadAsync("/scheduledJobs?instanceId=42"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Create_SeveralProblems_AreNamedAtOnce()
    {
        var service = shared.Service;

        var (_, problem) = await service.SendAsync(HttpMethod.Post, "/scheduledJobs", """{"instanceId":"42","frequencyType":"CRON_BASED","cronExpression":"x","active":1,"name":2,"colour":3}""");

        Assert.Equal(["active", "colour", "cronExpression", "name", "workflow"], Service.FieldsOf(problem).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    public async Task Create_WhatIsNoJsonObject_IsRefused(string body)
    {
        var service = shared.Service;

        var (status, problem) = await service.SendAsync(HttpMethod.Post, "/scheduledJobs", body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_JSON"), (status, (string?)problem["code"]));
    }

    [Theory]
    [InlineData("/scheduledJobs?instanceId=42&first=0", "first")]
    [InlineData("/scheduledJobs?instanceId=42&first=1001", "first")]
    [InlineData("/instances/42/jobHistory?first=-1", "first")]
    [InlineData("/instances/42/jobHistory?after=x", "after")]
    public async Task Pages_ThatCannotBeAsked_AreRefusedWithTheField(string path, string field)
    {
        var service = shared.Service;

        var (status, problem) = await service.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal([field], Service.FieldsOf(problem));
    }
}
