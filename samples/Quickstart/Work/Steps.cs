using Scheduling;

namespace Quickstart.Work;

/// <summary>Work that is made of steps of the same length. It takes time on the program's clock, as calls to other systems would, and says how far it is.</summary>
internal sealed class Steps(TimeProvider time, WorkProgress progress)
{
    public async Task TakeAsync(JobContext run, int count, TimeSpan each, CancellationToken ct)
    {
        try
        {
            progress.Report(run, 0, count);
            for (var step = 1; step <= count; step++)
            {
                // The token fires when the run is cancelled, times out, or the program stops: a run that listens to it is handed back and not lost.
                await Task.Delay(each, time, ct);
                progress.Report(run, step, count);
            }
        }
        finally
        {
            progress.End(run);
        }
    }
}
