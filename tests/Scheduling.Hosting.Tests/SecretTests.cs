using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Scheduling.Running;
using Scheduling.Secrets;

namespace Scheduling.Hosting.Tests;

/// <summary>Secrets in a host: keys from the settings, and a canary that gets out nowhere.</summary>
public class SecretTests
{
    private const string Canary = "canary-3f9a1c77e2";
    private static readonly string Key = Convert.ToBase64String(SHA256.HashData("key"u8));

    [Fact]
    public async Task Keys_FromSettings_SealAndOpen()
    {
        string? seen = null;
        await using var host = await StartAsync(async (run, ct) =>
        {
            seen = await run.GetSecretAsync("token", ct);
            return JobResult.Success();
        });

        Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("job")).Status);
        Assert.Equal(Canary, seen);
    }

    [Fact]
    public async Task Canary_InEveryTextOfARun_GetsOutNowhere()
    {
        using var spans = new SpanReader();
        await using var host = await StartAsync(static async (run, ct) =>
        {
            var secret = await run.GetSecretAsync("token", ct);
            run.Report(RunEventLevel.Error, $"event {secret}", $"text {secret}");
            run.Phase = secret;
            throw new InvalidOperationException($"Bearer {secret} was refused", new IOException(secret));
        });

        var execution = await host.RunAsync("job");
        var events = await host.Acme.Executions.ListEventsAsync(execution.Id);
        var health = await host.Services.GetRequiredService<SchedulingHealthCheck>().CheckHealthAsync(new HealthCheckContext
        {
            Registration = new HealthCheckRegistration("scheduling", host.Services.GetRequiredService<SchedulingHealthCheck>(), failureStatus: null, tags: null),
        });

        var texts = new List<string?> { execution.ToString(), execution.Error?.ToString(), execution.Progress?.ToString(), health.Description, health.Exception?.ToString(), string.Join(' ', health.Data.Values) };
        texts.AddRange(events!.Items.Select(static e => e.ToString()));
        texts.AddRange(host.Logs.Lines.SelectMany(static line => new[] { line.Text, line.Exception?.ToString(), string.Join(' ', line.Values.Values), string.Join(' ', line.Scope.Values) }));
        foreach (var span in spans.Ended.Where(span => Equals(span.GetTagItem("scheduling.execution.id"), execution.Id.ToString())))
            texts.AddRange([span.StatusDescription, .. span.TagObjects.Select(static tag => tag.Value?.ToString()), .. span.Events.SelectMany(static e => e.Tags).Select(static tag => tag.Value?.ToString())]);
        Assert.Equal(ExecutionStatus.Failed, execution.Status);
        Assert.Single(spans.Ended, span => Equals(span.GetTagItem("scheduling.execution.id"), execution.Id.ToString()));
        Assert.All(texts, static text => Assert.DoesNotContain(Canary, text ?? "", StringComparison.Ordinal));
        Assert.All(texts, static text => Assert.DoesNotContain(Key, text ?? "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Scheduling:Secrets:Keys:0:Value", "c2hvcnQ=", "Scheduling:Secrets:Keys:0")]
    [InlineData("Scheduling:Secrets:Keys:0:Id", "", "Scheduling:Secrets:Keys:0")]
    [InlineData("Scheduling:Secrets:Keyz:0:Id", "x", "did you mean Keys")]
    [InlineData("Scheduling:Secrets:Keys:1:Id", "2026-01", "'2026-01' twice")]
    public void Keys_Wrong_AreAStartErrorWithoutTheKey(string name, string value, string expected)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Scheduling:Secrets:Keys:0:Id"] = "2026-01", ["Scheduling:Secrets:Keys:0:Value"] = Key };
        if (name.Contains(":1:", StringComparison.Ordinal))
            settings["Scheduling:Secrets:Keys:1:Value"] = Key;
        settings[name] = value;
        var host = TestHost.Create(settings: [.. settings.Select(static setting => (setting.Key, setting.Value))]);

        var refused = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<SchedulingOptions>>().Value);

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pauses_InForce_AreShownByTheHealthCheck()
    {
        await using var host = await StartAsync(static (_, _) => ValueTask.FromResult(JobResult.Success()));
        await host.Jobs.PauseAsync(PauseScope.ForExecutor("work"), by: "ann");
        var check = host.Services.GetRequiredService<SchedulingHealthCheck>();

        var health = await check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("scheduling", check, failureStatus: null, tags: null) });

        Assert.Equal(["executor 'work'"], Assert.IsType<string[]>(health.Data["pauses"]));
    }

    private static async Task<TestHost> StartAsync(ExecutorCallback execute)
    {
        var host = await TestHost.StartAsync(s => s.AddExecutor("work", execute).Configure(static o => o.SecretKeys.Add(SecretKey.FromBase64("2026-01", Key))));
        await host.Acme.Secrets.SetAsync("token", Canary);
        await host.Acme.CreateAsync(TestHost.Manual("job", "work"));
        return host;
    }
}
