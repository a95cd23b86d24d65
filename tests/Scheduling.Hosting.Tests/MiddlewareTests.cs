using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Running;

namespace Scheduling.Hosting.Tests;

/// <summary>Middleware is around the work of every attempt, in the order it was added, and cannot hide a cancellation.</summary>
public class MiddlewareTests
{
    [Fact]
    public async Task Several_AreEnteredInTheirOrderAndLeftInReverse()
    {
        var seen = new ConcurrentQueue<string>();
        await using var host = await TestHost.StartAsync(s => s
            .AddMiddleware(Noting("outer"))
            .AddMiddleware(Noting("inner"))
            .AddExecutor("x", (_, _) =>
            {
                seen.Enqueue("work");
                return ValueTask.FromResult(JobResult.Success());
            }));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        await host.RunAsync("job");

        Assert.Equal(["outer in", "inner in", "work", "inner out", "outer out"], seen);

        ExecutionMiddleware Noting(string name) => async (_, _, next, ct) =>
        {
            seen.Enqueue($"{name} in");
            var result = await next(ct);
            seen.Enqueue($"{name} out");
            return result;
        };
    }

    [Fact]
    public async Task Class_SetsAServiceOfTheScope_AndTheWorkSeesItsOwnTenant()
    {
        await using var host = await TestHost.StartAsync(
            static s => s.AddMiddleware<TenantMiddleware>().AddExecutor<TenantExecutor>("class")
                .AddExecutor("function", static (services, _, _) => ValueTask.FromResult(JobResult.Success($"for {services.GetRequiredService<CurrentTenant>().Value}"))),
            static services => services.AddScoped<CurrentTenant>());
        foreach (var tenant in new[] { "acme", "globex" })
        {
            foreach (var executor in new[] { "class", "function" })
            {
                var jobs = host.Jobs.ForTenant(tenant);
                await jobs.CreateAsync(TestHost.Manual(executor, executor));
                var asked = await jobs.RunNowAsync(executor);
                Execution? ended = null;
                await host.Time.UntilAsync(() => (ended = jobs.Executions.GetAsync(asked.Id).AsTask().Result)?.EndedAt is not null);

                Assert.Equal($"for {tenant}", ended!.Message);
            }
        }
    }

    [Fact]
    public async Task ShortCircuit_WorkDoesNotRunAndTheResultCounts()
    {
        var worked = false;
        await using var host = await TestHost.StartAsync(s => s
            .AddMiddleware(static (_, run, next, ct) => run.JobKey == "shut" ? ValueTask.FromResult(JobResult.Failed("the shop is shut")) : next(ct))
            .AddExecutor("x", (_, _) =>
            {
                worked = true;
                return default;
            }));
        await host.Acme.CreateAsync(TestHost.Manual("shut", "x"));

        var run = await host.RunAsync("shut");

        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.ReportedFailure, "the shop is shut"), (run.Status, run.Reason, run.Message));
        Assert.False(worked);
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("throws after")]
    public async Task Middleware_ThatThrows_IsTheAttemptsFailureWithItsCause(string when)
    {
        await using var host = await TestHost.StartAsync(s => s
            .AddMiddleware(async (_, _, next, ct) =>
            {
                if (when == "throws after")
                    await next(ct);
                throw new InvalidOperationException("the middleware is broken");
            })
            .AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var run = await host.RunAsync("job");

        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.Exception, "the middleware is broken"), (run.Status, run.Reason, run.Error!.Message));
    }

    [Fact]
    public async Task Middleware_ThatCannotBeMade_IsTheAttemptsFailure()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddMiddleware<TenantMiddleware>().AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var run = await host.RunAsync("job");

        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.Exception), (run.Status, run.Reason));
        Assert.Contains(nameof(CurrentTenant), run.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Middleware_ThatTurnsExceptionsIntoResults_IsHeard()
    {
        await using var host = await TestHost.StartAsync(static s => s
            .AddMiddleware(SwallowAll)
            .AddExecutor("x", static (_, _) => throw new InvalidOperationException("broken")));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var run = await host.RunAsync("job");

        Assert.Equal((ExecutionStatus.Succeeded, "all is well"), (run.Status, run.Message));
    }

    [Fact]
    public async Task Middleware_ThatSwallowsTheCancellationOfAStop_TheRunIsHandedBackAllTheSame()
    {
        var begun = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(s => s
            .Configure(static o => o.ShutdownTimeout = TimeSpan.Zero)
            .AddMiddleware(SwallowAll)
            .AddExecutor("x", (_, ct) => WaitAsync(begun, ct)));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        var asked = await host.Acme.RunNowAsync("job");
        await begun.Task;

        await host.Host.StopAsync();

        var run = await host.Acme.Executions.GetAsync(asked.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.HandedBack), (run!.Status, run.Reason));
    }

    [Fact]
    public async Task Middleware_ThatSwallowsARequestedCancellation_TheRunIsCancelledAllTheSame()
    {
        var begun = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(s => s.AddMiddleware(SwallowAll).AddExecutor("x", (_, ct) => WaitAsync(begun, ct)));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        var asked = await host.Acme.RunNowAsync("job");
        await begun.Task;

        await host.Acme.Executions.CancelAsync(asked.Id, "enough");
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        var run = await host.EndOfAsync(asked.Id);

        Assert.Equal((ExecutionStatus.Cancelled, ExecutionReason.CancelRequested), (run.Status, run.Reason));
    }

    [Fact]
    public async Task Middleware_ThatHandsOnNoToken_TheWorkIsCancelledAllTheSame()
    {
        var begun = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(s => s
            .AddMiddleware(static (_, _, next, _) => next(CancellationToken.None))
            .AddExecutor("x", (_, ct) => WaitAsync(begun, ct)));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x") with { Timeout = Duration.FromSeconds(10) });
        var asked = await host.Acme.RunNowAsync("job");
        await begun.Task;

        host.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(ExecutionStatus.TimedOut, (await host.EndOfAsync(asked.Id)).Status);
    }

    [Fact]
    public async Task Middleware_WithAShorterTimeOfItsOwn_MayMakeAResultOfIt()
    {
        await using var host = await TestHost.StartAsync(static s => s
            .AddMiddleware(static async (_, _, next, ct) =>
            {
                using var shorter = CancellationTokenSource.CreateLinkedTokenSource(ct);
                await shorter.CancelAsync();
                try
                {
                    return await next(shorter.Token);
                }
                catch (OperationCanceledException)
                {
                    return JobResult.CompletedWithErrors("took too long");
                }
            })
            .AddExecutor("x", static (_, ct) => WaitAsync(new TaskCompletionSource(), ct)));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var run = await host.RunAsync("job");

        Assert.Equal((ExecutionStatus.CompletedWithErrors, "took too long"), (run.Status, run.Message));
    }

    [Fact]
    public async Task Middleware_CallsTheRestAgain_TheLastResultCounts()
    {
        var tries = 0;
        await using var host = await TestHost.StartAsync(s => s
            .AddMiddleware(static async (_, _, next, ct) => await next(ct) is { Status: ExecutionStatus.Failed } ? await next(ct) : JobResult.Failed("once was enough"))
            .AddExecutor("x", (_, _) => ValueTask.FromResult(Interlocked.Increment(ref tries) == 1 ? JobResult.Failed("at first") : JobResult.Success("at last"))));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var run = await host.RunAsync("job");

        Assert.Equal((ExecutionStatus.Succeeded, "at last", 1), (run.Status, run.Message, run.Attempt));
    }

    [Fact]
    public async Task Middleware_AddsToTheSpanAndToTheLogScopeOfTheRun()
    {
        using var spans = new SpanReader();
        await using var host = await TestHost.StartAsync(static s => s
            .AddMiddleware(static async (services, run, next, ct) =>
            {
                Activity.Current?.SetTag("region", "eu");
                using (services.GetRequiredService<ILogger<MiddlewareTests>>().BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Region"] = "eu" }))
                    return await next(ct);
            })
            .AddExecutor("x", static (services, _, _) =>
            {
                services.GetRequiredService<ILogger<MiddlewareTests>>().LogInformation("from the work");
                return default;
            }));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var run = await host.RunAsync("job");

        Assert.Equal("eu", Assert.Single(spans.Ended, span => Equals(span.GetTagItem("scheduling.execution.id"), run.Id.ToString())).GetTagItem("region"));
        var scope = Assert.Single(host.Logs.Lines, static line => line.Text == "from the work").Scope;
        Assert.Equal(("eu", "acme"), (scope["Region"], scope["Tenant"]));
    }

    [Fact]
    public void NoMiddleware_WorkWithoutServices_IsCalledAsItIs()
    {
        ExecutorCallback work = static (_, _) => default;
        var declared = new ServiceCollection();
        new SchedulingBuilder(declared).AddExecutor("x", work);

        Assert.Same(work, Assert.IsType<ExecutorDeclaration>(Assert.Single(declared).ImplementationInstance).Bind(new ServiceCollection().BuildServiceProvider(), []));
    }

    private static async ValueTask<JobResult> SwallowAll(IServiceProvider services, JobContext run, ExecutionStep next, CancellationToken ct)
    {
        try
        {
            return await next(ct);
        }
        catch (Exception)
        {
            return JobResult.Success("all is well");
        }
    }

    private static async ValueTask<JobResult> WaitAsync(TaskCompletionSource begun, CancellationToken ct)
    {
        begun.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        return JobResult.Success();
    }
}
