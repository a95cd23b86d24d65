using System.Runtime.ExceptionServices;

namespace Scheduling.Hosting;

/// <summary>One attempt's way through the middleware to the work and back. Keeps the meaning of a cancelled run from being lost on the way: what a run threw after its token had fired decides whether it is handed back, cancelled or timed out.</summary>
internal sealed class ExecutionPassage(
    ExecutionMiddleware[] steps,
    Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> work,
    IServiceProvider services,
    JobContext run,
    CancellationToken runToken)
{
    private ExceptionDispatchInfo? _cancelled;

    public async ValueTask<JobResult> RunAsync()
    {
        var result = await NextAsync(0, runToken).ConfigureAwait(false);
        _cancelled?.Throw();
        return result;
    }

    private ValueTask<JobResult> NextAsync(int step, CancellationToken ct) =>
        step == steps.Length ? WorkAsync(ct) : steps[step](services, run, given => NextAsync(step + 1, given), ct);

    private async ValueTask<JobResult> WorkAsync(CancellationToken ct)
    {
        using var both = ct == runToken ? null : CancellationTokenSource.CreateLinkedTokenSource(ct, runToken);
        try
        {
            var result = await work(services, run, both?.Token ?? ct).ConfigureAwait(false);
            _cancelled = null;
            return result;
        }
        catch (Exception failure) when (runToken.IsCancellationRequested)
        {
            _cancelled = ExceptionDispatchInfo.Capture(failure);
            throw;
        }
    }
}
