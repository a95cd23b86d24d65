using System.Text.Json.Nodes;
using NodaTime;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>Contract B over HTTP: an update says only what changes.</summary>
public abstract class UpdateTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    [Theory]
    [InlineData("""{"instanceId":"42"}""", null)]
    [InlineData("""{"instanceId":42,"name":"renamed"}""", "name")]
    [InlineData("""{"instanceId":"42","description":null}""", "description")]
    [InlineData("""{"instanceId":"42","workflow":{"new":true}}""", "workflow")]
    [InlineData("""{"instanceId":"42","frequencyType":"CRON_BASED"}""", null)]
    [InlineData("""{"instanceId":"42","frequencyType":"CRON_BASED","cronExpression":"30 4 * * *"}""", "cronExpression,nextRun")]
    [InlineData("""{"instanceId":"42","cronExpression":"30 4 * * *"}""", "cronExpression,nextRun")]
    [InlineData("""{"instanceId":"42","frequencyType":"INTERVAL_BASED","intervalMinutes":45}""", "frequencyType,cronExpression,intervalMinutes,nextRun")]
    [InlineData("""{"instanceId":"42","active":false}""", "active,nextRun")]
    public async Task Update_ChangesWhatIsGiven_AndNothingElse(string body, string? changed)
    {
        var service = shared.Service;
        var before = await service.CreateAsync("""{"instanceId":"42","workflow":{"old":1,"kept":2},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *","name":"Night","description":"Each night"}""");

        var after = await service.UpdateAsync(before, body);

        Assert.Equal(changed ?? "", string.Join(',', after.Where(field => !JsonNode.DeepEquals(field.Value, before[field.Key])).Select(static field => field.Key)));
        if (changed is "workflow")
            Assert.Equal("""{"new":true}""", after["workflow"]!.ToJsonString());
    }

    [Fact]
    public async Task Update_FromIntervalToCron_NeedsTheExpression_AndDropsTheMinutes()
    {
        var service = shared.Service;
        var job = await service.CreateAsync(Service.Interval);

        var (_, problem) = await service.SendAsync(HttpMethod.Patch, Service.PathOf(job), """{"instanceId":"42","frequencyType":"CRON_BASED"}""");
        var changed = await service.UpdateAsync(job, """{"instanceId":"42","frequencyType":"CRON_BASED","cronExpression":"0 6 * * *"}""");

        Assert.Equal(["cronExpression"], Service.FieldsOf(problem));
        Assert.Equal(("CRON_BASED", "0 6 * * *", null, "2026-03-05T06:00:00Z"),
            ((string?)changed["frequencyType"], (string?)changed["cronExpression"], (int?)changed["intervalMinutes"], (string?)changed["nextRun"]));
    }

    [Fact]
    public async Task Update_Name_KeepsTheNextRun()
    {
        await using var service = await Service.StartAsync<TStore>();
        var job = await service.CreateAsync(Service.Interval);
        await service.Server.AdvanceAsync(Duration.FromMinutes(7));

        var renamed = await service.UpdateAsync(job, """{"instanceId":"42","name":"renamed"}""");

        Assert.Equal((string?)job["nextRun"], (string?)renamed["nextRun"]);
    }

    [Fact]
    public async Task Update_OfTheKind_PreservesTheHistory()
    {
        await using var service = await Service.StartAsync<TStore>();
        var job = await service.CreateAsync(Service.Interval);
        await service.RunNextAsync(job);
        await service.RunNextAsync(job);
        var before = await service.HistoryAsync();

        await service.UpdateAsync(job, """{"instanceId":"42","frequencyType":"CRON_BASED","cronExpression":"0 6 * * *"}""");

        Assert.Equal(2, before.Count);
        Assert.Equal(before.ToJsonString(), (await service.HistoryAsync()).ToJsonString());
        Assert.Equal(before.ToJsonString(), (await service.ReadAsync(job))["history"]!.ToJsonString());
    }

    [Fact]
    public async Task Active_FalseThenTrue_StartsNoStorm()
    {
        var runs = 0;
        await using var service = await Service.StartAsync<TStore>((_, _) =>
        {
            Interlocked.Increment(ref runs);
            return default;
        });
        var job = await service.CreateAsync(Service.Interval);

        var paused = await service.UpdateAsync(job, """{"instanceId":"42","active":false}""");
        await service.Server.LeapAsync(ServiceServer.Begin + Duration.FromDays(3));
        Assert.Equal((false, null, 0), ((bool)paused["active"]!, (string?)paused["nextRun"], runs));

        var resumed = await service.UpdateAsync(job, """{"instanceId":"42","active":true}""");
        await service.Server.AdvanceAsync(Duration.FromMinutes(5));
        Assert.Equal(0, runs);
        Assert.InRange(Service.TimeOf(resumed["nextRun"])!.Value, service.Server.Time.Now, service.Server.Time.Now + Duration.FromMinutes(10));

        await service.RunNextAsync(job);
        Assert.Equal(1, runs);
    }
}
