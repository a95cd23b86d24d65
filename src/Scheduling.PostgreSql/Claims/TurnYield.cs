namespace Scheduling.PostgreSql.Claims;

/// <summary>How many runs a turn gives on average, learnt from the claims of this process. Turns are locked by as many as that needs and no more: a turn that is locked in vain is one that others skip. Thread-safe.</summary>
internal sealed class TurnYield
{
    private const double Weight = 0.2;
    private double _average = ClaimRound.Quantum;

    /// <summary>How many turns to look at for so many places, of which a turn may have any number.</summary>
    public int TurnsFor(int places) => places <= 0 ? 0 : (int)Math.Ceiling(places / Volatile.Read(ref _average));

    /// <summary>A round looked at some turns and got some runs out of them.</summary>
    public void Learn(int turns, int runs)
    {
        if (turns == 0)
            return;
        var seen = Math.Clamp((double)runs / turns, 1, ClaimRound.Quantum);
        Volatile.Write(ref _average, (Volatile.Read(ref _average) * (1 - Weight)) + (seen * Weight));
    }
}
