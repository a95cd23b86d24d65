using System.Net;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>Contract B over HTTP: a bad update is refused with the field named, and the job stays as it is.</summary>
public abstract class UpdateRefusalTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Theory]
    [InlineData("""{"instanceId":"42","frequencyType":"INTERVAL_BASED"}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","frequencyType":"INTERVAL_BASED","cronExpression":"0 1 * * *"}""", "cronExpression", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","intervalMinutes":5}""", "intervalMinutes")]
    [InlineData("""{"instanceId":"42","cronExpression":null}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","cronExpression":"never"}""", "cronExpression")]
    [InlineData("""{"instanceId":"42","frequencyType":null}""", "frequencyType")]
    [InlineData("""{"instanceId":"42","workflow":null}""", "workflow")]
    [InlineData("""{"instanceId":"42","active":null}""", "active")]
    [InlineData("""{"instanceId":"42","timeZone":"Europe/Paris"}""", "timeZone")]
    [InlineData("""{"name":"renamed"}""", "instanceId")]
    public async Task Update_BadInput_IsRefusedWithTheField_AndChangesNothing(string body, params string[] fields)
    {
        var service = shared.Service;
        var job = await service.CreateAsync(Service.Cron);
        var before = await service.ReadAsync(job);

        var (status, problem) = await service.SendAsync(HttpMethod.Patch, Service.PathOf(job), body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_INPUT"), (status, (string?)problem["code"]));
        Assert.Equal(fields, Service.FieldsOf(problem).Order(StringComparer.Ordinal));
        Assert.Equal(before.ToJsonString(), (await service.ReadAsync(job)).ToJsonString());
    }
}
