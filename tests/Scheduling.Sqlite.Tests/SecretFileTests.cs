using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Secrets;

namespace Scheduling.Sqlite.Tests;

/// <summary>What a copy of the file shows: no secret, neither where it is kept nor in what a run wrote.</summary>
public class SecretFileTests
{
    private const string Canary = "canary-91c4e0aa51";

    [Fact]
    public async Task File_AfterARunThatWroteItsSecretEverywhere_HasNoCanary()
    {
        using var file = new TemporaryFile();
        var protector = new AesGcmSecretProtector([new SecretKey("k", SHA256.HashData("key"u8))]);
        await using (var store = new SqliteStore(file.ConnectionString))
        {
            await store.InitializeAsync(default);
            var acme = new JobScheduler(store, secrets: protector).ForTenant("acme");
            await acme.Secrets.SetAsync("token", Canary);
            await acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
            var started = await acme.RunNowAsync("job");
            var done = new TaskCompletionSource();
            await using var engine = new SchedulerEngine(store, [new ExecutorRegistration("work", (run, _) => LeakAsync(run, done))], new EngineOptions { SecretProtector = protector });
            await engine.TickAsync();
            await done.Task;
            while (engine.Snapshot().Active > 0)
                await Task.Yield();
            await engine.StopAsync(Duration.Zero);
            Assert.Equal(ExecutionStatus.Failed, (await acme.Executions.GetAsync(started.Id))!.Status);
            Assert.Equal(1, (await acme.Executions.GetAsync(started.Id))!.EventCount);
        }

        foreach (var path in Directory.GetFiles(file.Folder))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(path)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary)));
    }

    private static async ValueTask<JobResult> LeakAsync(JobContext run, TaskCompletionSource done)
    {
        try
        {
            var secret = await run.GetSecretAsync("token");
            run.Report(RunEventLevel.Warning, secret, secret);
            run.Phase = secret;
            throw new InvalidOperationException(secret);
        }
        finally
        {
            done.SetResult();
        }
    }
}
