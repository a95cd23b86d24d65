using Microsoft.Extensions.Logging;

namespace Scheduling.Hosting;

/// <summary>Keeps what logs, metrics, traces and observers throw away from runs and from the loop: counts it all, logs the first.</summary>
internal sealed class ObserverGuard(ILogger logger)
{
    private long _failures;
    private int _toldOfFailure;

    /// <summary>How often an observer failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public void Failed(Exception failure) =>
        Count(Interlocked.Exchange(ref _toldOfFailure, 1) == 0 ? log => log.ObserverFailed(failure) : null);

    /// <summary>Counts a failure and, where there is something to say, says it.</summary>
    public void Count(Action<ILogger>? tell)
    {
        Interlocked.Increment(ref _failures);
        try
        {
            tell?.Invoke(logger);
        }
        catch (Exception)
        {
            // The logger is what throws. The count, which the health check shows, is all that is left to tell.
        }
    }
}
