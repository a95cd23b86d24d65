using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Scheduling.Running;

namespace Scheduling.Hosting;

/// <summary>Puts a log scope and a span around each attempt. Where nobody logs or listens, it adds nothing to the attempt.</summary>
internal sealed class RunTracing(ILogger logger, ObserverGuard guard) : IDisposable
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Scheduling";

    private readonly ActivitySource _source = new(SourceName, typeof(RunTracing).Assembly.GetName().Version?.ToString(3));

    // Whether a scope is of use depends on the levels of the program's own categories; only a logger that writes nothing at all needs none.
    private bool IsLogged => logger.IsEnabled(LogLevel.Critical);

    public ExecutorCallback Around(ExecutorCallback execute) => (run, ct) => IsLogged || _source.HasListeners() ? WatchedAsync(execute, run, ct) : execute(run, ct);

    public void Dispose() => _source.Dispose();

    private async ValueTask<JobResult> WatchedAsync(ExecutorCallback execute, JobContext run, CancellationToken ct)
    {
        var scope = BeginScope(run);
        var span = StartSpan(run);
        try
        {
            var result = await execute(run, ct).ConfigureAwait(false);
            RunSpan.Ended(span, run, result);
            return result;
        }
        catch (Exception failure)
        {
            RunSpan.Failed(span, run, failure);
            throw;
        }
        finally
        {
            End(span);
            End(scope);
        }
    }

    private IDisposable? BeginScope(JobContext run)
    {
        try
        {
            return IsLogged ? logger.BeginScope(new RunLogScope(run)) : null;
        }
        catch (Exception failure)
        {
            guard.Failed(failure);
            return null;
        }
    }

    private Activity? StartSpan(JobContext run)
    {
        try
        {
            return RunSpan.Start(_source, run);
        }
        catch (Exception failure)
        {
            guard.Failed(failure);
            return null;
        }
    }

    private void End(IDisposable? observed)
    {
        try
        {
            observed?.Dispose();
        }
        catch (Exception failure)
        {
            guard.Failed(failure);
        }
    }
}
