using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests;

/// <summary>The health check tells every state apart and shows the numbers behind it.</summary>
public class HealthTests
{
    [Fact]
    public async Task Check_AllIsWell_IsHealthyWithNumbers()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));

        var health = await CheckAsync(host);

        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal(
            [
                "active", "detached", "executorsWithoutNode", "free", "liveProcesses", "observerFailures", "openExecutions",
                "parkedJobs", "pauses", "role", "secondsSinceLastTick", "state", "store", "unsettled",
            ],
            health.Data.Keys.Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(("Running", "faulty", 1), (health.Data["state"], health.Data["store"], health.Data["liveProcesses"]));
    }

    [Fact]
    public async Task Check_StoreFailsInTheLoop_IsUnhealthyWithTheCause()
    {
        await using var host = await TestHost.StartAsync();
        host.Store.Before = static call => call == "Claim" ? new IOException("no route to the store") : null;
        await host.Time.AdvanceUntilAsync(() => host.Engine.Snapshot().State == EngineState.StoreUnavailable, () => host.IsAsleep, TimeSpan.FromMinutes(1));

        var health = await CheckAsync(host);

        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.Equal("no route to the store", health.Exception!.Message);
        Assert.Equal("The scheduler cannot work with its store.", health.Description);
    }

    [Fact]
    public async Task Check_StoreDoesNotAnswerTheCheck_IsUnhealthy()
    {
        await using var host = await TestHost.StartAsync();
        host.Store.Before = static call => call == "Inspect" ? new IOException("no route to the store") : null;

        var health = await CheckAsync(host, HealthStatus.Degraded);

        Assert.Equal((HealthStatus.Degraded, "The store does not answer."), (health.Status, health.Description));
    }

    [Fact]
    public async Task Check_StoreHangs_GivesUpAfterFiveSeconds()
    {
        await using var host = await TestHost.StartAsync();
        host.Store.Hangs = static call => call == "Inspect";

        var check = CheckAsync(host);
        await host.Time.UntilAsync(() => host.Store.CountOf("Inspect") == 1 && host.Time.HasTimerAt(host.Time.GetTimestamp() + TimeSpan.FromSeconds(5).Ticks));
        host.Time.Advance(TimeSpan.FromSeconds(5));

        var health = await check;
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.IsType<TimeoutException>(health.Exception);
    }

    [Fact]
    public async Task Check_LoopStuck_IsUnhealthy()
    {
        await using var host = await TestHost.StartAsync();
        host.Store.Hangs = static call => call == "Claim";
        host.Time.Advance(TimeSpan.FromSeconds(30));
        await host.Time.UntilAsync(() => host.Store.IsHanging);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        host.Time.Advance(TimeSpan.FromSeconds(21));

        var health = await CheckAsync(host);

        Assert.Equal((HealthStatus.Unhealthy, "The scheduler's loop has not ticked for 51 s, and 50 s is the longest it should take."), (health.Status, health.Description));
    }

    [Fact]
    public async Task Check_BeforeAndAfter_SaysSo()
    {
        await using var host = TestHost.Create();
        host.Store.Hangs = static call => call == "Initialize";
        await host.Host.StartAsync();
        var starting = await CheckAsync(host);
        await host.Host.StopAsync();
        var stopped = await CheckAsync(host);

        Assert.Equal((HealthStatus.Degraded, "The scheduler has not reached its store yet."), (starting.Status, starting.Description));
        Assert.Equal((HealthStatus.Unhealthy, "The scheduler has stopped."), (stopped.Status, stopped.Description));
    }

    [Fact]
    public async Task Check_WorkWaitsTooLong_IsDegraded()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "x", Schedule = Schedule.Interval(Duration.FromMinutes(1)) });
        host.Store.Hangs = static call => call == "Claim";
        host.Time.Advance(TimeSpan.FromMinutes(6));
        host.Time.Advance(TimeSpan.FromSeconds(1));

        var health = await CheckAsync(host);

        Assert.Contains("The oldest due work has waited for 301 s.", health.Description, StringComparison.Ordinal);
        Assert.Equal(301.0, health.Data["oldestDueSeconds"]);
    }

    [Fact]
    public async Task Check_ExecutorNobodyHas_IsDegradedAndThenTheJobIsParked()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "gone", Schedule = Schedule.Interval(Duration.FromMinutes(1)) });
        var missing = await CheckAsync(host);

        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(17), () => host.IsAsleep);
        var parked = await CheckAsync(host);

        Assert.Equal((HealthStatus.Degraded, "No node has the executors gone, which jobs name."), (missing.Status, missing.Description));
        Assert.Equal(HealthStatus.Degraded, parked.Status);
        Assert.Contains("1 jobs are parked", parked.Description, StringComparison.Ordinal);
        Assert.Equal(1, parked.Data["parkedJobs"]);
        Assert.Equal(JobFaultReason.NoExecutor, host.Logs.Only(210).Values["Reason"]);
    }

    [Fact]
    public async Task Check_JobsOfTheProgramNotWritten_IsDegraded()
    {
        await using var host = TestHost.Create(static s => s.AddJob("acme", TestHost.Manual("job", "x")).AddExecutor("x", static (_, _) => default));
        host.Store.Before = static call => call == "Write" ? new IOException("no route to the store") : null;
        await host.Host.StartAsync();
        await host.Time.UntilAsync(() => host.Engine.Snapshot().State == EngineState.Running);

        var health = await CheckAsync(host);

        Assert.Equal((HealthStatus.Degraded, "1 jobs of the program are not written yet."), (health.Status, health.Description));
    }

    [Fact]
    public async Task Check_DetachedRun_IsDegraded()
    {
        var never = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(s => s.AddExecutor("x", async (_, _) =>
        {
            await never.Task;
            return JobResult.Success();
        }));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x") with { Timeout = Duration.FromSeconds(10) });
        await host.Acme.RunNowAsync("job");
        await host.Time.UntilAsync(() => host.Engine.Snapshot().Active == 1 && host.Logs.CountOf(200) == 1);
        await host.Time.AdvanceUntilAsync(() => host.Logs.CountOf(207) == 1, () => host.IsAsleep, TimeSpan.FromMinutes(1));

        var health = await CheckAsync(host);

        Assert.Equal((HealthStatus.Degraded, "1 runs went on after their grace and keep their places."), (health.Status, health.Description));
        never.SetResult();
    }

    [Fact]
    public async Task Check_LastSuccessTooOld_IsDegradedUntilTheNextOne()
    {
        var succeeds = true;
        await using var host = await WatchAsync("job", _ => ValueTask.FromResult(succeeds ? JobResult.Success() : JobResult.Failed("not today")));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        await host.RunAsync("job");
        host.Time.Advance(TimeSpan.FromDays(8));
        var atTheLimit = await CheckAsync(host);
        succeeds = false;
        await host.RunAsync("job");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var tooOld = await CheckAsync(host);
        succeeds = true;
        await host.RunAsync("job");
        var again = await CheckAsync(host);

        Assert.DoesNotContain("succeeded", atTheLimit.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, tooOld.Status);
        Assert.Contains("Job 'job' of 'acme' last succeeded 691201 s ago, and 691200 s is its limit.", tooOld.Description, StringComparison.Ordinal);
        Assert.Equal(691201.0, Assert.IsType<Dictionary<string, double>>(tooOld.Data["secondsSinceLastSuccess"])["acme/job"]);
        Assert.DoesNotContain("succeeded", again.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_JobThatNeverSucceeded_IsJudgedByItsCreation()
    {
        await using var host = await WatchAsync("job", static _ => default);
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        var young = await CheckAsync(host);
        host.Time.Advance(TimeSpan.FromDays(8) + TimeSpan.FromSeconds(1));
        var old = await CheckAsync(host);

        Assert.Equal(HealthStatus.Healthy, young.Status);
        Assert.Contains("Job 'job' of 'acme' has never succeeded and was created 691201 s ago", old.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job")]
    [InlineData("executor")]
    public async Task Check_PausedJob_IsNotJudged(string what)
    {
        await using var host = await WatchAsync("job", static _ => default);
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        if (what == "job")
            await host.Acme.PauseAsync("job", by: "ann");
        else
            await host.Jobs.PauseAsync(PauseScope.ForExecutor("x"), by: "ann");
        host.Time.Advance(TimeSpan.FromDays(9));

        Assert.DoesNotContain("succeeded", (await CheckAsync(host)).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_WatchedJobThatIsNotThere_IsDegraded()
    {
        await using var host = await WatchAsync("gone", static _ => default);

        var health = await CheckAsync(host);

        Assert.Equal((HealthStatus.Degraded, "Job 'gone' of 'acme' is watched for its last success and is not there."), (health.Status, health.Description));
    }

    [Fact]
    public async Task Check_ControlOnly_AsksTheStoreAlone()
    {
        await using var host = TestHost.Create(static s => s.Configure(static o => o.Role = SchedulingRole.ControlOnly));
        await host.Host.StartAsync();

        var health = await CheckAsync(host);

        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal("ControlOnly", health.Data["role"]);
        Assert.False(health.Data.ContainsKey("state"));
    }

    private static Task<TestHost> WatchAsync(string job, Func<JobContext, ValueTask<JobResult>> work) => TestHost.StartAsync(s => s
        .Configure(o => o.LastSuccessAlarms.Add(new LastSuccessAlarm { Tenant = "acme", Job = job, OlderThan = TimeSpan.FromDays(8) }))
        .AddExecutor("x", (run, _) => work(run)));

    private static async Task<HealthCheckResult> CheckAsync(TestHost host, HealthStatus failure = HealthStatus.Unhealthy)
    {
        // The way a program adds it: the framework makes the check from the services.
        var check = ActivatorUtilities.GetServiceOrCreateInstance<SchedulingHealthCheck>(host.Services);
        return await check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("scheduling", check, failure, tags: null) });
    }
}
