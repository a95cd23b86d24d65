using Microsoft.Extensions.Logging;

namespace Scheduling.Hosting;

/// <summary>Keeps what logs, metrics and traces throw away from runs and from the loop: counts it all, logs the first.</summary>
internal sealed class ObserverGuard(ILogger logger)
{
    private long _failures;

    /// <summary>How often an observer threw.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public void Failed(Exception failure)
    {
        if (Interlocked.Increment(ref _failures) > 1)
            return;
        try
        {
            logger.ObserverFailed(failure);
        }
        catch (Exception)
        {
            // The logger is what throws. The count, which the health check shows, is all that is left to tell.
        }
    }
}
