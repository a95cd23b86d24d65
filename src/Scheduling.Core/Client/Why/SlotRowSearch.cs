using NodaTime;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>
/// Finds the row that answers for a slot. Rows of a job are made in the order of their slots, and their ids rise with the time they were made; so a row is found by bisection over time, a page at each step. Most rows are made
/// within minutes of their slot, where the search begins.
/// </summary>
internal sealed class SlotRowSearch
{
    private const int PageSize = 100;

    // A job that somebody runs by hand all day has many rows without slots between two with.
    private const int MostPages = 200;
    private static readonly Duration FirstLook = Duration.FromMinutes(5);

    // Ids run a little ahead of the clock in a burst, and nodes' clocks differ.
    private static readonly Duration Slack = Duration.FromSeconds(1);
    private readonly IExecutionStore _store;
    private readonly ListExecutionsRequest _request;
    private readonly Instant _slot;
    private int _pages;
    private bool _reachesBack;

    public SlotRowSearch(IExecutionStore store, Job job, Instant slot)
    {
        _store = store;
        _request = new ListExecutionsRequest { Tenant = job.Tenant, Job = job.Id, Size = PageSize };
        _slot = slot;
    }

    /// <summary>Searches.</summary>
    /// <param name="start">When the slot's work was to start: nothing that answers for it only was made before.</param>
    /// <param name="now">The store's now.</param>
    /// <param name="ct">Ends the search between two pages.</param>
    public async ValueTask<SlotRow> FindAsync(Instant start, Instant now, CancellationToken ct)
    {
        var (low, high) = (start, now);
        Instant? at = start + FirstLook < now ? start + FirstLook : null;
        while (_pages < MostPages)
        {
            var rows = await ReadAsync(at, ct).ConfigureAwait(false);
            if (rows.FirstOrDefault(Spans) is { } found)
                return new SlotRow { Row = found, Near = rows, ReachesBack = true };
            var isBelow = rows.FirstOrDefault(HasSlots) is not { } newest || newest.Slots!.Value.Last < _slot;
            _reachesBack |= rows.Exists(IsBefore);
            if (isBelow && at is null)
                break;
            if (isBelow)
                low = at!.Value;
            else if (rows.Exists(IsBefore) || rows.Count < PageSize)
                break;
            else
                high = rows.Last(HasSlots).CreatedAt;
            if (high - low <= Slack)
                break;
            at = isBelow && high == now ? null : low + ((high - low) / 2);
        }
        return new SlotRow { ReachesBack = _reachesBack };
    }

    /// <summary>The rows made before a time, newest first, as far as the first one with slots and a page beyond.</summary>
    private async ValueTask<List<Execution>> ReadAsync(Instant? before, CancellationToken ct)
    {
        var rows = new List<Execution>(PageSize);
        var request = _request with { Before = before is { } time ? ExecutionId.New(time + Slack) : null };
        while (_pages++ < MostPages)
        {
            var page = await _store.ListAsync(request, ct).ConfigureAwait(false) ?? [];
            rows.AddRange(page);
            if (page.Count < PageSize || page.Any(HasSlots))
                break;
            request = request with { Before = page[^1].Id };
        }
        return rows;
    }

    private bool Spans(Execution row) => row.Slots is { } slots && slots.First <= _slot && _slot <= slots.Last;

    private bool IsBefore(Execution row) => row.Slots is { } slots && slots.Last < _slot;

    private static bool HasSlots(Execution row) => row.Slots is not null;
}
