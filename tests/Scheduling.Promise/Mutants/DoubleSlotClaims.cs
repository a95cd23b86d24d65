using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Promise;

/// <summary>What one claim takes, another one of the same moment still sees as due: the row was read before it was locked, and no unique key refuses the second execution.</summary>
internal sealed class DoubleSlotClaims(InMemoryStore store) : PassingClaims(store.Claims)
{
    private readonly List<(OwnerId Owner, ClaimedRun Run)> _taken = [];

    public override async ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        lock (store.State.Gate)
            PutBack(request.Owner, store.State.Now());
        var response = await base.ClaimAsync(request, cancellationToken);
        foreach (var run in response.Runs)
        {
            if (run is { Slots: not null, Attempt: 1 })
                _taken.Add((request.Owner, run));
        }
        return response;
    }

    private void PutBack(OwnerId asking, Instant now)
    {
        _taken.RemoveAll(taken => taken.Run.StartedAt != now);
        foreach (var (owner, run) in _taken.ToArray())
        {
            if (owner == asking || !store.State.Jobs.TryGetValue(run.JobId, out var job) || job.Pause is not null)
                continue;
            job.NextSlot = Ticks.Of(run.Slots!.Value.Last);
            job.LastSlot = job.NextSlot - NodaConstants.TicksPerSecond;
            job.NextRunAt = Ticks.Of(run.DueAt);
            job.Turn.Due.Set(job, job.DueAt);
            store.State.Requeue(job.Turn, Ticks.Of(now));
            _taken.Remove((owner, run));
        }
    }
}
