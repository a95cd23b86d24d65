using System.Net;
using Scheduling;
using Scheduling.TestKit.Services;

namespace ScheduledJobsService.Tests;

/// <summary>Contract B over HTTP: settings are written, used by runs under their name, and never read back.</summary>
public abstract class ConfigTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    private const string Canary = "canary-5up3r";
    private const string Token = """{"instanceId":"42","name":"token","value":"canary-5up3r"}""";

    [Fact]
    public async Task Add_IsUsedByRuns_AndNeverReadBack()
    {
        string? used = null;
        await using var service = await Service.StartAsync<TStore>(async (run, ct) =>
        {
            used = await run.GetSecretAsync("token", ct);
            run.Report(RunEventLevel.Information, "calls", $"with {used}");
            throw new InvalidOperationException($"refused {used}");
        });

        var (status, text) = await service.Server.SendAsync(HttpMethod.Post, "/jobConfigs", Token, "ann-key");
        var job = await service.CreateAsync(Service.Interval);
        await service.RunNextAsync(job);

        Assert.Equal((HttpStatusCode.OK, """{"instanceId":"42","name":"token","value":"********"}""", Canary), (status, text, used));
        var log = (string)(await service.ReadAsync($"/jobHistory/{(await service.HistoryAsync())[0]!["id"]}"))["log"]!;
        Assert.Contains("with ********", log, StringComparison.Ordinal);
        Assert.Contains("refused ********", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, log, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Server.Logs.Lines, static line => line.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_TheMaskEchoedBack_ChangesNothing()
    {
        string? used = null;
        await using var service = await Service.StartAsync<TStore>(async (run, ct) =>
        {
            used = await run.GetSecretAsync("token", ct);
            return JobResult.Success();
        });
        await service.SendAsync(HttpMethod.Post, "/jobConfigs", Token);

        var (status, echoed) = await service.SendAsync(HttpMethod.Post, "/jobConfigs", """{"instanceId":"42","name":"token","value":"********"}""");
        await service.RunNextAsync(await service.CreateAsync(Service.Interval));

        Assert.Equal((HttpStatusCode.OK, "********", Canary), (status, (string?)echoed["value"], used));
        Assert.Equal(1, Assert.Single((await service.Server.Scheduler.ForTenant("42").Secrets.ListNamesAsync()).Items).Version);
    }

    [Fact]
    public async Task Add_SameNameInTwoInstances_AreTwoSettings()
    {
        var used = new List<string>();
        await using var service = await Service.StartAsync<TStore>(async (run, ct) =>
        {
            used.Add(await run.GetSecretAsync("token", ct));
            return JobResult.Success();
        });
        await service.SendAsync(HttpMethod.Post, "/jobConfigs", Token);
        await service.SendAsync(HttpMethod.Post, "/jobConfigs", """{"instanceId":"west wing","name":"token","value":"other"}""");

        await service.RunNextAsync(await service.CreateAsync(Service.Interval.Replace("42", "west wing", StringComparison.Ordinal)));

        Assert.Equal(["other"], used);
    }

    [Theory]
    [InlineData("""{"instanceId":"42","value":"x"}""", "name")]
    [InlineData("""{"instanceId":"42","name":"","value":"x"}""", "name")]
    [InlineData("""{"instanceId":"42","name":"token"}""", "value")]
    [InlineData("""{"instanceId":"42","name":"token","value":7}""", "value")]
    [InlineData("""{"instanceId":"42","name":"token","value":"********"}""", "value")]
    [InlineData("""{"instanceId":"42","name":"token","value":"x","readable":true}""", "readable")]
    [InlineData("""{"name":"token","value":"x"}""", "instanceId")]
    public async Task Add_BadInput_IsRefusedWithTheField_AndNothingIsStored(string body, string field)
    {
        var service = shared.Service;

        var (status, problem) = await service.SendAsync(HttpMethod.Post, "/jobConfigs", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal([field], Service.FieldsOf(problem));
        Assert.Empty((await service.Server.Scheduler.ForTenant("42").Secrets.ListNamesAsync()).Items);
    }

    [Fact]
    public async Task SampleWorkflow_ReadsTheSettingsItNames_AndFailsWithoutThem()
    {
        await using var service = await Service.StartAsync<TStore>();
        await service.SendAsync(HttpMethod.Post, "/jobConfigs", Token);
        await service.RunNextAsync(await service.CreateAsync("""{"instanceId":"42","workflow":{"configs":["token"]},"frequencyType":"INTERVAL_BASED","intervalMinutes":10}"""));
        await service.RunNextAsync(await service.CreateAsync("""{"instanceId":"42","workflow":{"configs":["forgotten"]},"frequencyType":"INTERVAL_BASED","intervalMinutes":5}"""));

        var history = await service.HistoryAsync();

        Assert.Equal([false, true], history.Select(static entry => (bool)entry!["success"]!));
        Assert.Contains("token: 12 characters", (string?)(await service.ReadAsync($"/jobHistory/{history[1]!["id"]}"))["log"], StringComparison.Ordinal);
    }
}
