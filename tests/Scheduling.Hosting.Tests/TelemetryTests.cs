using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests;

/// <summary>What a run leaves in logs, metrics and traces, and that none of them can harm a run.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task Log_LineOfUserCode_CarriesTenantJobExecutionAndAttempt()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (services, _, _) =>
        {
            services.GetRequiredService<ILogger<TelemetryTests>>().LogInformation("from the work");
            return ValueTask.FromResult(JobResult.Success());
        }));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var run = await host.RunAsync("job");

        var line = Assert.Single(host.Logs.Lines, static line => line.Text == "from the work");
        Assert.Equal("acme", line.Scope["Tenant"]);
        Assert.Equal("job", line.Scope["Job"]);
        Assert.Equal(run.Id.ToString(), line.Scope["Execution"]);
        Assert.Equal(1, line.Scope["Attempt"]);
    }

    [Theory]
    [InlineData("ok", 201, LogLevel.Debug)]
    [InlineData("errors", 202, LogLevel.Warning)]
    [InlineData("failed", 203, LogLevel.Warning)]
    [InlineData("throws", 203, LogLevel.Warning)]
    public async Task Log_EndOfRun_HasItsEventAndItsValues(string what, int eventId, LogLevel level)
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work));
        await host.Acme.CreateAsync(TestHost.Manual(what, "x"));

        var run = await host.RunAsync(what);

        var started = host.Logs.Only(200);
        var ended = host.Logs.Only(eventId);
        Assert.Equal(LogLevel.Debug, started.Level);
        Assert.Equal(level, ended.Level);
        Assert.Equal(SchedulingLog.Category, ended.Category);
        Assert.All(new[] { started, ended }, line => Assert.Equal((what, "acme", run.Id, 1), (line.Values["Job"], line.Values["Tenant"]?.ToString(), line.Values["Execution"], line.Values["Attempt"])));
    }

    [Fact]
    public async Task Log_Retry_SaysWhenItIsTriedAgain()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work));
        await host.Acme.CreateAsync(TestHost.Manual("throws", "x") with { Retry = RetryPolicy.Exponential(1, Duration.FromSeconds(10)) });

        await host.Acme.RunNowAsync("throws");
        await host.Time.UntilAsync(() => host.Logs.CountOf(204) == 1);

        Assert.Equal(ExecutionReason.Exception, host.Logs.Only(204).Values["Reason"]);
        Assert.True(Assert.IsType<TimeSpan>(host.Logs.Only(204).Values["Delay"]) > TimeSpan.Zero);
        Assert.Equal(0, host.Logs.CountOf(203));
    }

    [Fact]
    public async Task Log_Off_NoScopeIsMade()
    {
        // A span is asked for, so that the run is watched at all.
        using var spans = new SpanReader();
        var scopes = new ConcurrentQueue<object?>();
        await using var host = await TestHost.StartAsync(
            s => s.AddExecutor("x", (services, _, _) =>
            {
                services.GetRequiredService<ScopeReader>().Read(scopes);
                return default;
            }),
            static services => services.AddSingleton<ScopeReader>().AddSingleton<ILoggerProvider>(static s => s.GetRequiredService<ScopeReader>()).AddLogging(static l => l.AddFilter(SchedulingLog.Category, LogLevel.None)));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("job")).Status);
        Assert.Empty(scopes);
        Assert.DoesNotContain(host.Logs.Lines, static line => line.Category == SchedulingLog.Category);
    }

    [Fact]
    public async Task Metrics_OfRuns_HaveExecutorStatusAndReasonAndNoJob()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work));
        using var seen = new MeterReader(host.Services);
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));
        await host.Acme.CreateAsync(TestHost.Manual("throws", "x"));

        await host.RunAsync("ok");
        await host.RunAsync("throws");
        seen.Collect();

        Assert.Equal([("Succeeded", "None"), ("Failed", "Exception")], seen.Of("scheduling.run.outcomes").Select(static m => ((string)m.Tags["scheduling.status"]!, (string)m.Tags["scheduling.reason"]!)));
        Assert.Equal(2, seen.Of("scheduling.run.duration").Count);
        Assert.Equal(2, seen.Of("scheduling.run.lag").Count);
        Assert.All(seen.Of("scheduling.run.lag"), static m => Assert.Equal(0.0, m.Value));
        Assert.Equal(2, seen.Of("scheduling.claim.size").Sum(static m => m.Value));
        Assert.Equal(seen.Of("scheduling.claim.size").Count, seen.Of("scheduling.claim.duration").Count);
        Assert.Equal(0, Assert.Single(seen.Of("scheduling.run.active")).Value);
        Assert.Equal(256, Assert.Single(seen.Of("scheduling.place.free")).Value);
        Assert.Equal(0, Assert.Single(seen.Of("scheduling.run.detached")).Value);
        Assert.Single(seen.Of("scheduling.result.unsettled"));
        Assert.All(seen.All, static m => Assert.DoesNotContain(m.Tags.Keys, static tag => tag is "scheduling.tenant" || tag.Contains("job", StringComparison.Ordinal)));
        Assert.All(seen.Of("scheduling.run.outcomes"), static m => Assert.Equal("x", m.Tags["scheduling.executor"]));
    }

    [Fact]
    public async Task Metrics_WithTenants_CarryTheTenant()
    {
        await using var host = await TestHost.StartAsync(static s => s.Configure(static o => o.TenantMetrics = true).AddExecutor("x", Work));
        using var seen = new MeterReader(host.Services);
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));

        await host.RunAsync("ok");

        Assert.Equal("acme", Assert.Single(seen.Of("scheduling.run.outcomes")).Tags["scheduling.tenant"]);
    }

    [Fact]
    public async Task Metrics_SlotsThatPassed_AreCountedByReason()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work));
        using var seen = new MeterReader(host.Services);
        await host.Acme.CreateAsync(new JobDefinition
        {
            Key = "ok",
            Executor = "x",
            Schedule = Schedule.Interval(Duration.FromMinutes(1)),
            Misfire = MisfirePolicy.Skip,
        });
        host.Store.Before = static _ => new IOException("no route to the store");
        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(9.5), () => host.IsAsleep);
        host.Store.Before = static _ => null;
        await host.Time.AdvanceUntilAsync(() => seen.Of("scheduling.slot.skipped").Count > 0, () => host.IsAsleep, TimeSpan.FromMinutes(2));

        var skipped = Assert.Single(seen.Of("scheduling.slot.skipped"));
        Assert.InRange(skipped.Value, 8, 10);
        Assert.Equal(("x", "Misfire"), (skipped.Tags["scheduling.executor"], skipped.Tags["scheduling.reason"]));
        Assert.Single(seen.Of("scheduling.store.outages"));
        Assert.Equal("Misfire", host.Logs.Lines.First(static line => line.EventId == 211).Values["Reason"]?.ToString());
    }

    [Theory]
    [InlineData("ok", ActivityStatusCode.Unset, null)]
    [InlineData("failed", ActivityStatusCode.Error, "not today")]
    [InlineData("throws", ActivityStatusCode.Error, "broken")]
    public async Task Span_OfARun_HasItsTagsAndStatus(string what, ActivityStatusCode status, string? description)
    {
        using var spans = new SpanReader();
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work));
        await host.Acme.CreateAsync(TestHost.Manual(what, "x"));

        var run = await host.RunAsync(what);

        var span = Assert.Single(spans.Ended, span => (string?)span.GetTagItem("scheduling.execution.id") == run.Id.ToString());
        Assert.Equal("run x", span.OperationName);
        Assert.Null(span.Parent);
        Assert.Equal(("acme", what, "x", 1, "Manual"), (span.GetTagItem("scheduling.tenant"), span.GetTagItem("scheduling.job.key"), span.GetTagItem("scheduling.executor"), span.GetTagItem("scheduling.attempt"), span.GetTagItem("scheduling.trigger")));
        Assert.Equal((status, description), (span.Status, span.StatusDescription));
        Assert.Equal(what == "throws" ? 1 : 0, span.Events.Count());
    }

    [Fact]
    public async Task Span_OfARunThatWasAskedForInATrace_IsARootWithALinkToIt()
    {
        using var spans = new SpanReader();
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work));
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));
        Execution asked;
        ActivityContext asking;
        using (var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            asking = request.Context;
            asked = await host.Acme.RunNowAsync("ok");
        }
        await host.EndOfAsync(asked.Id);
        var untraced = await host.RunAsync("ok");

        var span = Assert.Single(spans.Ended, span => Equals(span.GetTagItem("scheduling.execution.id"), asked.Id.ToString()));
        Assert.Equal((asking.TraceId, asking.SpanId, true), (Assert.Single(span.Links).Context.TraceId, span.Links.First().Context.SpanId, span.Links.First().Context.IsRemote));
        Assert.NotEqual(asking.TraceId, span.TraceId);
        Assert.Equal(default, span.ParentSpanId);
        Assert.Empty(Assert.Single(spans.Ended, span => Equals(span.GetTagItem("scheduling.execution.id"), untraced.Id.ToString())).Links);
    }

    [Fact]
    public async Task Span_OfUserCode_IsAChildOfTheRunsSpan()
    {
        using var spans = new SpanReader();
        Activity? inside = null;
        await using var host = await TestHost.StartAsync(s => s.AddExecutor("x", (_, _) =>
        {
            inside = Activity.Current;
            return default;
        }));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        await host.RunAsync("job");

        Assert.Equal("run x", inside?.OperationName);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Observers_ThatThrow_HarmNoRunAndAreToldOnce()
    {
        await using var host = await TestHost.StartAsync(
            static s => s.AddExecutor("x", Work),
            static services => services.AddSingleton<IEngineEvents, BrokenEvents>());
        using var broken = new MeterReader(host.Services) { Broken = true };
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("ok")).Status);

        Assert.Equal(EngineState.Running, host.Engine.Snapshot().State);
        Assert.Equal(1, host.Logs.CountOf(109));
        Assert.True(host.Services.GetRequiredService<ObserverGuard>().Failures > 3);
        Assert.Equal(3, host.Logs.CountOf(201));
    }

    [Fact]
    public async Task Loggers_ThatThrow_HarmNoRun()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work), static services => services.AddSingleton<ILoggerProvider, BrokenLogs>());
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));

        Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("ok")).Status);
        Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("ok")).Status);
    }

    private static async ValueTask<JobResult> Work(JobContext run, CancellationToken ct)
    {
        await Task.Yield();
        return run.JobKey switch
        {
            "errors" => JobResult.CompletedWithErrors("three of four"),
            "failed" => JobResult.Failed("not today"),
            "throws" => throw new InvalidOperationException("broken"),
            _ => JobResult.Success(),
        };
    }
}
