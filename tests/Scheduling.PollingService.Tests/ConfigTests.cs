using PollingService.Api;
using Scheduling;
using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>Contract A over HTTP: configuration values are shown as a mask, always, and runs get them.</summary>
public abstract class ConfigTests<TStore>
    where TStore : IServiceStore, new()
{
    private const string Canary = "canary-5up3r";

    [Fact]
    public async Task Config_IsMaskedAlways_AndAnEchoedMaskKeepsTheValue()
    {
        string? used = null;
        await using var service = await Service.StartAsync<TStore>(async (run, ct) =>
        {
            used = await run.GetSecretAsync(InstanceConfig.SecretOf(run.JobId, "token"), ct);
            run.Report(RunEventLevel.Information, "calls", $"with {used}");
            return JobResult.Success();
        });
        var instance = await service.CreateAsync($$$"""{"name":"a","pollingInterval":"DISABLED","config":{"token":"{{{Canary}}}"}}""");
        var shown = instance["config"]!.ToJsonString();

        var echoed = await service.UpdateAsync(instance, """{"config":{"token":"********","region":"eu"}}""");
        await service.RunAsync(instance);

        Assert.Equal(("""{"token":"********"}""", Canary), (shown, used));
        Assert.Equal("""{"region":"********","token":"********"}""", echoed["config"]!.ToJsonString());
        var names = (await service.Server.Scheduler.ForTenant("acme").Secrets.ListNamesAsync()).Items;
        Assert.Equal(1, names.Single(static name => name.Name.EndsWith(".token", StringComparison.Ordinal)).Version);
        var run = (await service.RunsAsync(""))[0];
        Assert.Contains("with ********", (await service.ReadAsync($"/integrationJobs/{run["id"]}/events")).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(service.Server.Logs.Lines, static line => line.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Config_ANewValue_ReplacesTheOldOne_AndLeavesTheOthers()
    {
        var used = new List<string>();
        await using var service = await Service.StartAsync<TStore>(async (run, ct) =>
        {
            foreach (var name in InstanceConfig.NamesOf(run.Payload))
                used.Add(await run.GetSecretAsync(InstanceConfig.SecretOf(run.JobId, name), ct));
            return JobResult.Success();
        });
        var instance = await service.CreateAsync("""{"name":"a","config":{"token":"one","region":"eu"}}""");

        await service.UpdateAsync(instance, """{"config":{"token":"two"}}""");
        await service.RunAsync(instance);

        Assert.Equal(["eu", "two"], used);
    }

    [Fact]
    public async Task SampleIntegration_AsksForItsValues_AndCompletes()
    {
        await using var service = await Service.StartAsync<TStore>();
        var instance = await service.CreateAsync("""{"name":"a","config":{"token":"one"}}""");

        await service.RunAsync(instance);

        Assert.Equal("COMPLETED", (string?)Assert.Single(await service.RunsAsync(""))["status"]);
    }
}
