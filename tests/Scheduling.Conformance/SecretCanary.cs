using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>A secret that is looked for wherever it must not be: what a store keeps and everything that is shown or thrown. Runs leak it in every way a run has.</summary>
public static class SecretCanary
{
    /// <summary>The secret.</summary>
    public const string Text = "canary-91c4e0aa51-canary";

    private static readonly string[] Leaks = ["throws", "throws inside", "fails", "completes with errors", "succeeds", "asks by its value"];

    /// <summary>Sets the secret, echoes its mask, lets runs leak it, moves it to another key, and looks at every text that came of it.</summary>
    public static async Task RunAsync(ISchedulingStore store)
    {
        var old = new SecretKey("2026-01", SHA256.HashData("old"u8));
        var current = new SecretKey("2026-02", SHA256.HashData("new"u8));
        var acme = new JobScheduler(store, secrets: new AesGcmSecretProtector([old])).ForTenant("acme");
        List<object?> shown = [await acme.Secrets.SetAsync("token", Text), await acme.Secrets.SetAsync("token", SecretMask.Text)];
        var rotated = await new JobScheduler(store, secrets: new AesGcmSecretProtector([current, old])).RotateSecretsAsync();
        Assert.Equal((1, 0), (rotated.Rotated, rotated.Unreadable));
        shown.Add(rotated);
        foreach (var leak in Leaks)
        {
            shown.Add(await acme.CreateAsync(new JobDefinition { Key = leak, Executor = "leak", Schedule = Schedule.Manual, Payload = JobPayload.FromJson($$"""{"token":"{{SecretMask.Text}}"}""") }));
            shown.Add(await acme.RunNowAsync(leak));
        }

        await EndAllAsync(store, new AesGcmSecretProtector([current]), acme);

        var page = await acme.Executions.ListAsync();
        Assert.Equal(
            [("asks by its value", ExecutionStatus.Failed), ("completes with errors", ExecutionStatus.CompletedWithErrors), ("fails", ExecutionStatus.Failed), ("succeeds", ExecutionStatus.CompletedWithErrors), ("throws", ExecutionStatus.Failed), ("throws inside", ExecutionStatus.Failed)],
            page.Items.Select(static run => (run.JobKey, run.Status)).OrderBy(static run => run.JobKey, StringComparer.Ordinal));
        foreach (var run in page.Items)
            shown.AddRange([run, run.Message, run.Error, run.Error?.Detail, run.Progress, .. (await acme.Executions.ListEventsAsync(run.Id))!.Items]);
        Assert.Contains(page.Items, static run => run.Error?.Message.Contains(SecretMask.Text, StringComparison.Ordinal) == true);
        shown.AddRange((await acme.ListAsync()).Items);
        shown.AddRange((await acme.Secrets.ListNamesAsync()).Items);
        Assert.All(shown, static text => Assert.DoesNotContain(Text, text?.ToString() ?? "", StringComparison.Ordinal));
    }

    /// <summary>Says that bytes have the secret in no form in which a store, a dump or a log could show it.</summary>
    public static void AssertAbsent(ReadOnlySpan<byte> bytes)
    {
        var plain = Encoding.UTF8.GetBytes(Text);
        byte[][] forms = [plain, Encoding.Unicode.GetBytes(Text), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(plain)), Encoding.UTF8.GetBytes(Convert.ToHexString(plain)), Encoding.UTF8.GetBytes(Convert.ToBase64String(plain))];
        foreach (var form in forms)
            Assert.Equal(-1, bytes.IndexOf(form));
    }

    private static async Task EndAllAsync(ISchedulingStore store, ISecretProtector protector, ITenantJobs acme)
    {
        await using var engine = new SchedulerEngine(store, [new ExecutorRegistration("leak", LeakAsync)], new EngineOptions { SecretProtector = protector });
        while ((await acme.Executions.ListAsync()).Items.Any(static run => run.EndedAt is null))
        {
            var tick = await engine.TickAsync();
            await engine.WaitAsync(Duration.Min(tick.Wait, Duration.FromSeconds(1)));
        }
    }

    private static async ValueTask<JobResult> LeakAsync(JobContext run, CancellationToken ct)
    {
        var secret = await run.GetSecretAsync("token", ct);
        run.Report(run.JobKey == "succeeds" ? RunEventLevel.Error : RunEventLevel.Warning, secret, $"Bearer {secret}");
        run.Phase = secret;
        return run.JobKey switch
        {
            "throws" => throw new InvalidOperationException($"Bearer {secret} was refused"),
            "throws inside" => throw new InvalidOperationException("the call failed", new IOException(secret) { Data = { ["header"] = secret } }),
            "fails" => JobResult.Failed($"refused {secret}"),
            "completes with errors" => JobResult.CompletedWithErrors($"half of it with {secret}"),
            "asks by its value" => JobResult.Success(await run.GetSecretAsync(secret, ct)),
            _ => JobResult.Success($"used {secret}"),
        };
    }
}
