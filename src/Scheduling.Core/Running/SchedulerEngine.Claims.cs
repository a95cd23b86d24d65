using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <content>Claims: when they go out, alone or beside another, and what becomes of their answers.</content>
public sealed partial class SchedulerEngine
{
    private bool IsToClaim()
    {
        var (unasked, unsettled) = _places.CountsForClaim();
        return unasked > 0 && !_isStopping && unsettled <= Options.MaxUnsettled && _flights.MayGoOut(unasked)
            && (_flights.Count == 0 ? _schedule.Next(unasked) <= _clock.Now : _schedule.ExpectsMore && !_sweeps.IsDue);
    }

    private void SendClaims()
    {
        while (IsToClaim())
            SendClaim();
    }

    private void SendClaim()
    {
        var sent = _clock.Now;

        // Before the places are counted: one that becomes free while they are must not be forgotten.
        _schedule.Sending(isAlone: _flights.Count == 0);
        var asked = _places.Ask(_flights.MostPlaces);
        var batch = _places.TakeUnsettled();
        var reserved = Math.Max(0, (Options.MaxConcurrentRuns / ReservedPart) - asked.Left);
        var request = new ClaimRequest
        {
            Owner = Owner,
            Node = Options.Node,
            Number = _flights.Numbers.Take(),
            Executors = asked.Executors,
            Free = asked.Count,
            Reserved = reserved,
            BusyTenants = reserved > 0 ? _table.BusyTenants() : [],
            Lease = Options.LeaseDuration,
            Planner = _planner,
            Settlements = batch,
        };
        var answer = _results.CarryAsync(batch, _store.ClaimAsync(request, _flights.GivenUp)).AsTask();
        _flights.Add(new ClaimFlight(request.Number, sent, _flights.LeaseFrom(sent), IsBeside: _flights.Count > 0, asked, batch, answer));
    }

    /// <summary>Waits for the first answer; meanwhile another claim may go out. One that fails ends the overlap: what the other brings must not wait until the store is asked again.</summary>
    private async ValueTask<(int Claimed, int Settled)> HearClaimAsync(CancellationToken ct)
    {
        ClaimFlight? flight;
        while ((flight = await _flights.NextAsync(_isToClaim, ct).ConfigureAwait(false)) is null)
            SendClaims();
        try
        {
            return await TakeInAsync(flight).ConfigureAwait(false);
        }
        catch (Exception failure) when (_flights.Count > 0)
        {
            if (await HearClaimsAsync(ct).ConfigureAwait(false) is { } another)
                throw new AggregateException(failure, another);
            throw;
        }
    }

    /// <summary>Waits no longer for claims that are on their way.</summary>
    internal void GiveUpClaims() => _flights.GiveUp();

    /// <summary>Waits for all claims that are on their way, and takes in what they bring.</summary>
    /// <returns>What failed first, if any did: what follows it has the same cause, and each is repeated with its number.</returns>
    internal async ValueTask<Exception?> HearClaimsAsync(CancellationToken ct)
    {
        Exception? failure = null;
        foreach (var flight in _flights.All())
        {
            await Task.WhenAny(flight.Answer).WaitAsync(ct).ConfigureAwait(false);
            try
            {
                await TakeInAsync(flight).ConfigureAwait(false);
            }
            catch (Exception one)
            {
                failure ??= one;
            }
        }
        return failure;
    }

    private async ValueTask<(int Claimed, int Settled)> TakeInAsync(ClaimFlight flight)
    {
        ClaimResponse response;
        try
        {
            response = await flight.Answer.ConfigureAwait(false);
        }
        catch
        {
            _flights.Failed(flight);
            _places.Release(flight.Asked);
            throw;
        }
        _flights.Answered(flight, response.Runs.Count);
        Start(response, flight);
        var (claimed, settled) = (_started.Count, flight.Settlements.Count);
        if (!_isStopping)
            _dispatcher.Dispatch(_started);
        _started.Clear();
        _results.Hear(flight.Settlements, response.Settled);
        _sweeps.Claimed(_schedule.Answered(response, flight, _places.Unasked));
        _events.Claimed(response, _clock.Between(flight.Sent, _clock.Now));
        return (claimed, settled);
    }

    private void Start(ClaimResponse response, ClaimFlight flight)
    {
        foreach (var run in _table.Add(response.Runs, _clock.Now, flight.Asked, _started))
            _lease.Lost(run);
        _lease.ClaimAnswered(_flights.Numbers.AnsweredThrough, flight.LeaseFrom, _started.Count > 0);
        var earliest = long.MaxValue;
        foreach (var run in _started)
            earliest = Math.Min(earliest, run.Deadline);
        _deadlines.ArmFor(earliest);
    }
}
