namespace Scheduling.Storage;

/// <summary>
/// The ended executions, oldest first, at most a given number. Rows are numbered from 1 in the order they were written; each links to the next older row of its job and of its tenant. A link
/// below the oldest kept number ends there, so dropping the oldest row costs nothing.
/// </summary>
internal sealed class HistoryRing(int capacity)
{
    private const int ChunkSize = 1024;
    private readonly HistoryRow[]?[] _chunks = new HistoryRow[]?[(capacity + ChunkSize - 1) / ChunkSize];

    /// <summary>The number at the ring's first place on the lap of the oldest row: rows are found without a division, of which an append would need several.</summary>
    private long _lap = 1;

    /// <summary>The number of the oldest row that is kept.</summary>
    public long Oldest { get; private set; } = 1;

    /// <summary>The number of the newest row; below <see cref="Oldest"/> when there is none.</summary>
    public long Newest { get; private set; }

    public long Count => Newest - Oldest + 1;

    public ref HistoryRow this[long number]
    {
        get
        {
            var place = (int)(number - _lap);
            if (place >= capacity)
                place -= capacity;
            return ref (_chunks[place / ChunkSize] ??= new HistoryRow[ChunkSize])[place % ChunkSize];
        }
    }

    public bool Holds(long number) => number >= Oldest && number <= Newest;

    public bool IsFull => Count == capacity;

    /// <summary>Makes room for one row behind the newest and links it to its job and tenant; the caller fills in the rest. The ring must not be full.</summary>
    public ref HistoryRow Append(JobEntry job)
    {
        ref var row = ref this[++Newest];
        row = default;
        row.Job = job;
        row.OlderOfJob = job.NewestRow;
        row.OlderOfTenant = job.Tenant.NewestRow;
        job.NewestRow = Newest;
        job.Tenant.NewestRow = Newest;
        return ref row;
    }

    /// <summary>Drops the oldest row.</summary>
    public void DropOldest()
    {
        this[Oldest] = default;
        if (++Oldest - _lap == capacity)
            _lap = Oldest;
    }

    /// <summary>The first row that was written at or after a time: rows lie in the order of their writing.</summary>
    public long FirstWrittenFrom(long time)
    {
        var (low, high) = (Oldest, Newest + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (this[middle].WrittenAt < time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
