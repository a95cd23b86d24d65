using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Scheduling.Hosting;

/// <summary>Gives each attempt a scope of its own. Whatever goes wrong with it, from the constructor to the disposal, is the attempt's failure.</summary>
internal sealed class ScopedExecutor
{
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _logger;
    private readonly Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> _execute;

    public ScopedExecutor(IServiceProvider services, Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> execute)
    {
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        _logger = SchedulingLog.LoggerFrom(services);
        _execute = execute;
    }

    public async ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
    {
        var scope = _scopes.CreateAsyncScope();
        JobResult result;
        try
        {
            var work = _execute(scope.ServiceProvider, run, ct);
            result = work.IsCompletedSuccessfully ? work.Result : await work.AsTask().ConfigureAwait(false);
        }
        catch
        {
            await DisposeFailedAsync(scope, run).ConfigureAwait(false);
            throw;
        }
        await scope.DisposeAsync().ConfigureAwait(false);
        return result;
    }

    // The work's own failure says more than that of the disposal after it, so it is the one that the history keeps.
    private async ValueTask DisposeFailedAsync(AsyncServiceScope scope, JobContext run)
    {
        try
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _logger.ScopeDisposalFailed(failure, run.Tenant, run.JobKey, run.ExecutionId);
        }
    }
}
