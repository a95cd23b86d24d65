using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>Runs user code for one attempt and puts its result up for writing. Nothing that user code does gets out of here but a settlement.</summary>
internal sealed class RunInvoker(RunPlaces places, MonotonicClock clock, IEngineEvents events, Random random, Action<int, int, ExecutorLane> ended)
{
    public void Invoke(ActiveRun run)
    {
        if (!places.TryBegin(run))
            return;
        events.RunStarted(run.Claim);
        ValueTask<JobResult> work;
        try
        {
            work = run.Lane.Registration.Execute(run.Context, run.Token);
        }
        catch (Exception thrown)
        {
            End(run, new AttemptEnd(thrown));
            return;
        }
        if (work.IsCompletedSuccessfully)
            End(run, new AttemptEnd(work.Result));
        else
            _ = AwaitAsync(run, work);
    }

    private async Task AwaitAsync(ActiveRun run, ValueTask<JobResult> work)
    {
        AttemptEnd end;
        try
        {
            // As a task, because a task ends once: what user code may hand over can go on twice, and takes the process with it.
            end = new AttemptEnd(await work.AsTask().ConfigureAwait(false));
        }
        catch (Exception thrown)
        {
            end = new AttemptEnd(thrown);
        }
        End(run, end);
    }

    private void End(ActiveRun run, AttemptEnd end)
    {
        var journal = run.Context.Journal;
        var reported = WithCallbackFailure(run, end) with { HasErrors = journal?.HasErrors ?? false, Report = journal?.Close(), Redactor = run.Context.Redactor };
        var settlement = AttemptPlanner.Decide(run.Claim, reported, run.CancelReason, random);
        var (counts, free, laneFree) = places.End(run, settlement);
        if (counts)
            events.RunEnded(run.Claim, settlement, clock.Since(run.StartedStamp));
        ended(free, laneFree, run.Lane);
    }

    // What a callback on the token threw explains a cancelled run better than the cancellation itself.
    private static AttemptEnd WithCallbackFailure(ActiveRun run, AttemptEnd end) =>
        end.Exception is OperationCanceledException cancelled && run.CallbackFailure is { } callback
            ? new AttemptEnd(new AggregateException(cancelled, callback))
            : end;
}
