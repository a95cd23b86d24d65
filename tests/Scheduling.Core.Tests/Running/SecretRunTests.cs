using System.Security.Cryptography;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Secrets;

namespace Scheduling.Tests.Running;

/// <summary>Runs ask for secrets by name, and what they were handed gets into nothing that is written.</summary>
public class SecretRunTests
{
    private const string Canary = "canary-77c1e0-and-more";
    private static readonly AesGcmSecretProtector Protector = new([new SecretKey("k", SHA256.HashData("test"u8))]);

    [Fact]
    public async Task GetSecret_SetBefore_IsWhatWasSet()
    {
        string? seen = null;
        await RunAsync(async run =>
        {
            seen = await run.GetSecretAsync("token");
            return JobResult.Success();
        });

        Assert.Equal(Canary, seen);
    }

    [Fact]
    public async Task GetSecret_Unknown_FailsNamingIt()
    {
        var (row, _) = await RunAsync(static async run =>
        {
            await run.GetSecretAsync("other");
            return JobResult.Success();
        });

        Assert.Equal((ExecutionStatus.Failed, "Scheduling.SecretNotFoundException"), (row.Status, row.Error?.Type));
        Assert.Contains("'other'", row.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSecret_OfAnotherTenant_IsNotFound()
    {
        var (row, _) = await RunAsync(
            static async run =>
            {
                await run.GetSecretAsync("token");
                return JobResult.Success();
            },
            owner: "globex");

        Assert.Equal("Scheduling.SecretNotFoundException", row.Error?.Type);
    }

    [Fact]
    public async Task GetSecret_WithoutAKey_FailsSayingWhatToConfigure()
    {
        var (row, _) = await RunAsync(
            static async run =>
            {
                await run.GetSecretAsync("token");
                return JobResult.Success();
            },
            protector: null);

        Assert.Contains("Scheduling:Secrets:Keys", row.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throws_WithTheSecretInside_IsStoredWithoutIt()
    {
        var (row, events) = await RunAsync(static async run =>
        {
            var secret = await run.GetSecretAsync("token");
            run.Report(RunEventLevel.Information, $"name {secret}", new string('x', RunEvent.MaximumTextLength - 30) + secret);
            run.Phase = $"with {secret}";
            throw new InvalidOperationException($"401 for Bearer {secret}", new IOException(new string('y', 2_000) + secret));
        });

        AssertNoCanary(row.ToString());
        AssertNoCanary(row.Error!.ToString());
        AssertNoCanary(row.Progress!.ToString());
        Assert.All(events, static e => AssertNoCanary(e.ToString()));
        Assert.Equal($"401 for Bearer {SecretMask.Text}", row.Error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Result_WithTheSecretInside_IsStoredWithoutIt(bool fails)
    {
        var (row, _) = await RunAsync(async run =>
        {
            var message = new string('m', JobResult.MaximumMessageLength - 10) + await run.GetSecretAsync("token");
            return fails ? JobResult.Failed(message) : JobResult.Success(message);
        });

        AssertNoCanary(row.ToString());
        AssertNoCanary(row.Message!);
    }

    [Fact]
    public void Redactor_SecretsInsideSecrets_LeaveNothing()
    {
        var redactor = new SecretRedactor();
        redactor.Add("pass");
        redactor.Add("password");
        redactor.Add("abc");

        Assert.Equal($"a {SecretMask.Text} b {SecretMask.Text} abc", redactor.Clean("a password b pass abc"));
        Assert.Null(redactor.Clean(null));
    }

    // A cut secret is a secret too: no stretch of eight characters of it may be left.
    private static void AssertNoCanary(string text)
    {
        for (var start = 0; start + 8 <= Canary.Length; start++)
            Assert.DoesNotContain(Canary.Substring(start, 8), text, StringComparison.Ordinal);
    }

    private static Task<(Execution Row, IReadOnlyList<RunEvent> Events)> RunAsync(Func<JobContext, Task<JobResult>> work, string owner = "acme") => RunAsync(work, Protector, owner);

    private static async Task<(Execution Row, IReadOnlyList<RunEvent> Events)> RunAsync(Func<JobContext, Task<JobResult>> work, ISecretProtector? protector, string owner = "acme")
    {
        await using var harness = new EngineHarness();
        var node = harness.AddNode(new EngineOptions { SecretProtector = protector }, executors: new ExecutorRegistration("work", async (run, _) => await work(run)));
        await new JobScheduler(harness.Memory, time: harness.Clock, secrets: Protector).ForTenant(owner).Secrets.SetAsync("token", Canary);
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
        var started = await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromSeconds(1));
        Assert.Single(node.Events.Started);
        return ((await harness.Acme.Executions.GetAsync(started.Id))!, (await harness.Acme.Executions.ListEventsAsync(started.Id))!.Items);
    }
}
