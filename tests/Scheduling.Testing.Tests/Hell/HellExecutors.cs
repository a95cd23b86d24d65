using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Scheduling.Hosting;

namespace Scheduling.Testing.Tests.Hell;

/// <summary>Executors that do what executors must not, each under the name of what it does.</summary>
internal static class HellExecutors
{
    /// <summary>What a run may leave behind for the next one.</summary>
    public static AsyncLocal<string?> Local { get; } = new();

    public static SchedulingBuilder Add(SchedulingBuilder s, string what) => what switch
    {
        "throws in its constructor" => s.AddExecutor<ThrowsInItsConstructor>("hell"),
        "misses a dependency" => s.AddExecutor<MissesADependency>("hell"),
        "throws in its disposal" => s.AddExecutor<ThrowsInItsDisposal>("hell"),
        "leaves everything behind, without a scope" => s.AddExecutor("hell", static (_, _) => LeaveEverything()),
        _ => s.AddExecutor("hell", (services, run, ct) => ExecuteAsync(what, services, run, ct)),
    };

    // Not async: what it does before its first wait happens on the engine's own ground.
    private static ValueTask<JobResult> ExecuteAsync(string what, IServiceProvider services, JobContext run, CancellationToken ct) => what switch
    {
        "throws" => throw new InvalidOperationException("broken"),
        "throws later" => LaterAsync(new InvalidOperationException("broken")),
        "throws what cannot be read" => throw new UnreadableException(),
        "throws 10 MB" => throw new InvalidOperationException(new string('x', 10_000_000)),
        "is cancelled, though nobody asked" => throw new OperationCanceledException("nobody asked"),
        "returns no task" => new ValueTask<JobResult>((Task<JobResult>)null!),
        "ends twice" => new ValueTask<JobResult>(new TwiceCompleted(), 0),
        "returns 10 MB" => ValueTask.FromResult(JobResult.Success(new string('x', 10_000_000))),
        "reports 100,000 events" => ReportMuch(run),
        "never ends" => NeverAsync(services, ct),
        "never ends and ignores its token" => NeverAsync(services, CancellationToken.None),
        "swallows its cancellation" => SwallowAsync(services, ct),
        "throws in a callback of its token" => ThrowInCallbackAsync(services, ct),
        "runs itself" => RunItselfAsync(services, run, ct),
        "edits itself" => EditItselfAsync(services, run, ct),
        "pauses itself" => PauseItselfAsync(services, run, ct),
        "deletes itself" => DeleteItselfAsync(services, run, ct),
        "leaves a task that fails" => LeaveATask(),
        "leaves everything behind" => LeaveEverything(),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "There is no such executor."),
    };

    private static async ValueTask<JobResult> LaterAsync(Exception failure)
    {
        await Task.Yield();
        throw failure;
    }

    private static ValueTask<JobResult> ReportMuch(JobContext run)
    {
        for (var i = 0; i < 100_000; i++)
            run.Report(RunEventLevel.Information, "event", "text");
        return ValueTask.FromResult(JobResult.Success());
    }

    private static async ValueTask<JobResult> NeverAsync(IServiceProvider services, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromDays(40), services.GetRequiredService<TimeProvider>(), ct);
        return JobResult.Success();
    }

    private static async ValueTask<JobResult> SwallowAsync(IServiceProvider services, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromMinutes(5), services.GetRequiredService<TimeProvider>(), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return JobResult.Success("what cancellation?");
    }

    private static async ValueTask<JobResult> ThrowInCallbackAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var callback = ct.Register(static () => throw new InvalidOperationException("a callback broke"));
        await Task.Delay(TimeSpan.FromMinutes(5), services.GetRequiredService<TimeProvider>(), ct);
        return JobResult.Success();
    }

    private static async ValueTask<JobResult> RunItselfAsync(IServiceProvider services, JobContext run, CancellationToken ct)
    {
        await services.GetRequiredService<JobScheduler>().ForTenant(run.Tenant).RunNowAsync(run.JobId, ct: ct);
        return JobResult.Success();
    }

    private static async ValueTask<JobResult> EditItselfAsync(IServiceProvider services, JobContext run, CancellationToken ct)
    {
        await services.GetRequiredService<JobScheduler>().ForTenant(run.Tenant).UpdateAsync(run.JobId, new JobChange { Name = $"after version {run.JobVersion}" }, ct: ct);
        return JobResult.Success();
    }

    private static async ValueTask<JobResult> PauseItselfAsync(IServiceProvider services, JobContext run, CancellationToken ct)
    {
        await services.GetRequiredService<JobScheduler>().ForTenant(run.Tenant).PauseAsync(run.JobId, ct: ct);
        return JobResult.Success();
    }

    private static async ValueTask<JobResult> DeleteItselfAsync(IServiceProvider services, JobContext run, CancellationToken ct)
    {
        await services.GetRequiredService<JobScheduler>().ForTenant(run.Tenant).DeleteAsync(run.JobId, ct);
        return JobResult.Success();
    }

    private static ValueTask<JobResult> LeaveATask()
    {
        _ = Task.FromException(new InvalidOperationException("nobody looks"));
        return ValueTask.FromResult(JobResult.Success());
    }

    private static ValueTask<JobResult> LeaveEverything()
    {
        Local.Value = "left behind";
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
        Activity.Current = new Activity("left behind").Start();
        Thread.CurrentPrincipal = new ClaimsPrincipal();
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        return ValueTask.FromResult(JobResult.Success());
    }

    private sealed class ThrowsInItsConstructor : IJobExecutor
    {
        public ThrowsInItsConstructor() => throw new InvalidOperationException("broken");

        public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct) => default;
    }

    private sealed class MissesADependency(IFormattable missing) : IJobExecutor
    {
        public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct) => ValueTask.FromResult(JobResult.Success(missing.ToString()));
    }

    private sealed class ThrowsInItsDisposal : IJobExecutor, IAsyncDisposable
    {
        public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct) => default;

        public ValueTask DisposeAsync() => throw new InvalidOperationException("broken");
    }
}
