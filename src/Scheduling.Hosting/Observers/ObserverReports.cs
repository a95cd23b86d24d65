namespace Scheduling.Hosting;

/// <summary>Tells of what goes wrong with one observer: all of it is counted, of each kind the first is logged.</summary>
internal sealed class ObserverReports(string name, ObserverGuard guard)
{
    private int _toldOfFailure;
    private int _toldOfLateness;
    private int _toldOfDrop;

    public void Failed(Exception failure) => guard.Count(IsFirst(ref _toldOfFailure) ? logger => logger.ExecutionObserverFailed(failure, name) : null);

    public void Late() => guard.Count(IsFirst(ref _toldOfLateness) ? logger => logger.ExecutionObserverLate(name) : null);

    public void Dropped() => guard.Count(IsFirst(ref _toldOfDrop) ? logger => logger.ExecutionNoticesDropped(name) : null);

    private static bool IsFirst(ref int told) => Interlocked.Exchange(ref told, 1) == 0;
}
