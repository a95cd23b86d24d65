using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.DataProtection.Tests;

/// <summary>Tenants' secrets with Data Protection, from setting one to the run that reads it.</summary>
public class UseDataProtectionTests
{
    private const string Canary = "canary-7c211433f0";

    [Fact]
    public async Task Run_ReadsWhatItsTenantSet()
    {
        using var ring = new KeyRing();
        await using var services = Services(ring.Open());
        var acme = services.GetRequiredService<JobScheduler>().ForTenant("acme");
        await acme.Secrets.SetAsync("token", Canary);
        await acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
        var asked = await acme.RunNowAsync("job");

        var engine = services.GetRequiredService<SchedulerEngine>();
        await services.GetRequiredService<ISchedulingStore>().InitializeAsync(default);
        await engine.TickAsync();
        while (engine.Snapshot().Active > 0)
            await Task.Yield();
        await engine.StopAsync(NodaTime.Duration.Zero);

        var run = await acme.Executions.GetAsync(asked.Id);
        Assert.Equal((ExecutionStatus.Succeeded, $"{Canary.Length} characters"), (run!.Status, run.Message));
        var stored = await services.GetRequiredService<ISchedulingStore>().Secrets.GetAsync(new TenantId("acme"), "token", default);
        Assert.StartsWith("data-protection:", stored!.Value.KeyId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotation_MovesSecretsFromKeysOfTheSettingsAndFromOlderKeysToTheNewest()
    {
        using var ring = new KeyRing();
        var key = new SecretKey("2026-01", SHA256.HashData("key"u8));
        var store = new InMemoryStore(TimeProvider.System);
        await new JobScheduler(store, secrets: new AesGcmSecretProtector([key])).ForTenant("acme").Secrets.SetAsync("token", Canary);
        var process = ring.Open();
        await using var services = Services(process, store, key);
        var scheduler = services.GetRequiredService<JobScheduler>();

        var first = await scheduler.RotateSecretsAsync();
        var idle = await scheduler.RotateSecretsAsync();
        KeyRing.AddKey(process);
        await using var later = Services(ring.Open(), store, key);
        var second = await later.GetRequiredService<JobScheduler>().RotateSecretsAsync();

        Assert.Equal((1, 0, 1), (first.Rotated, idle.Rotated, second.Rotated));
        Assert.Equal((0, 0, 0), (first.Unreadable, idle.Unreadable, second.Unreadable));
        var stored = await store.Secrets.GetAsync(new TenantId("acme"), "token", default);
        Assert.Equal(later.GetRequiredService<ISecretProtector>().KeyId, stored!.Value.KeyId);
        Assert.Equal(2, process.GetRequiredService<IKeyManager>().GetAllKeys().Count);
    }

    [Fact]
    public void UseDataProtection_ProgramHasAProtector_ItStays()
    {
        var own = new AesGcmSecretProtector([new SecretKey("own", SHA256.HashData("own"u8))]);
        var services = new ServiceCollection();
        services.AddSingleton<ISecretProtector>(own);
        services.AddScheduling(static s => s.UseDataProtection());

        using var built = services.BuildServiceProvider();

        Assert.Same(own, built.GetRequiredService<ISecretProtector>());
    }

    private static ServiceProvider Services(IServiceProvider ring, InMemoryStore? store = null, SecretKey? key = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(ring.GetRequiredService<IDataProtectionProvider>()).AddSingleton(ring.GetRequiredService<IKeyManager>());
        services.AddScheduling(s =>
        {
            s.UseDataProtection().AddExecutor("work", static async (run, ct) => JobResult.Success($"{(await run.GetSecretAsync("token", ct)).Length} characters"));
            if (store is not null)
                s.UseStore("UseTestStore", _ => store);
            if (key is not null)
                s.Configure(options => options.SecretKeys.Add(key));
        });
        return services.BuildServiceProvider();
    }
}
