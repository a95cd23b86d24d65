using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Claims;

/// <summary>What the last statements of a claim told: the lease, and what is left.</summary>
internal sealed class ClaimEnding
{
    /// <summary>How soon to look again after turns that another process had locked.</summary>
    private static readonly Duration Contention = Duration.FromMilliseconds(5);

    private readonly List<(string Executor, Instant? Next, bool HasOverdue)> _lanes = [];
    private readonly List<Instant?> _pauseEnds = [];
    private Instant _leaseUntil;
    private Instant? _foreignLeaseEnd;

    public static async Task<ClaimEnding> ReadAsync(SqlResults reader, CancellationToken ct)
    {
        var ending = new ClaimEnding();
        await reader.ReadAsync(ct).ConfigureAwait(false);
        ending._leaseUntil = reader.Row.Time();
        await reader.NextAsync(ct).ConfigureAwait(false);
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var columns = reader.Row;
            var lane = (columns.Text(), columns.TimeOrNull(), columns.Bool());
            var (isPaused, end) = (columns.Bool(), columns.TimeOrNull());
            if (isPaused)
                ending._pauseEnds.Add(end);
            else
                ending._lanes.Add(lane);
            ending._foreignLeaseEnd = columns.TimeOrNull();
        }

        // The commit has no rows, and an error of it would be thrown here.
        await reader.NextAsync(ct).ConfigureAwait(false);
        return ending;
    }

    public ClaimResponse Answer(ClaimRound round, SettlementOutcome[] outcomes, Instant now, bool isCutShort)
    {
        var overdue = _lanes.Where(static lane => lane.HasOverdue).ToList();
        var hasMore = overdue.Exists(lane => round.Free > 0 && round.FreeOf(lane.Executor) > 0) && (isCutShort || round.Patience == 0);
        var lacksPlaces = round.HasSetAside || overdue.Exists(lane => round.Free == 0 || round.FreeOf(lane.Executor) == 0 || round.LeftOut.Any());
        var isContended = !hasMore && !lacksPlaces && overdue.Count > 0;
        return new ClaimResponse
        {
            StoreNow = now,
            Runs = round.Runs,
            Settled = outcomes,
            Gaps = round.Gaps,
            Faults = round.Faults,
            LeaseUntil = _leaseUntil,
            HasMore = hasMore,
            LacksPlaces = lacksPlaces,
            NextWake = Earliest([.. _lanes.Select(static lane => lane.Next), .. _pauseEnds, _foreignLeaseEnd, isContended ? now + Contention : null]),
        };
    }

    private static Instant? Earliest(IEnumerable<Instant?> times) => times.Min();
}
