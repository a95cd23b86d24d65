namespace Scheduling.Storage;

/// <summary>A range of slots as numbers; the default is none. A <see cref="SlotRange"/> is moved in wide pieces just after it was written in small ones, and the processor waits for each such move until all writes before it are done.</summary>
internal struct SlotTicks
{
    private long _first;
    private long _last;
    private long _count;

    public static SlotTicks Of(in SlotRange slots) => new() { _first = Ticks.Of(slots.First), _last = Ticks.Of(slots.Last), _count = slots.Count };

    /// <summary>The last slot; <see cref="Ticks.None"/> for none.</summary>
    public readonly long Last => _count == 0 ? Ticks.None : _last;

    public readonly SlotRange? ToRange() => _count == 0 ? null : new SlotRange(Ticks.ToInstant(_first), Ticks.ToInstant(_last), _count);
}
