using NodaTime;
using Scheduling;
using Scheduling.Schedules;

namespace Quickstart.History;

/// <summary>Whether each slot that was due lies in exactly one row of the history, whatever was killed in between.</summary>
/// <param name="Due">How many slots came due.</param>
/// <param name="Lost">How many of them have no row.</param>
/// <param name="Doubled">How many rows begin with a slot that another row has already.</param>
internal readonly record struct SlotLedger(long Due, long Lost, long Doubled)
{
    /// <summary>Compares the rows of one job with its schedule.</summary>
    public static SlotLedger Of(Job job, IEnumerable<Execution> rows)
    {
        // An edit may have changed which slots there are; then the rows of the old schedule do not fit the new one.
        var slots = rows.Select(static row => row.Slots).OfType<SlotRange>().OrderBy(static range => range.First).ToList();
        if (slots.Count == 0 || job.Version > 1 || job.LastSlot is not { } last)
            return default;
        var context = ScheduleContext.For(job.Tenant.Value, job.Definition.SpreadKey ?? job.Key, job.Anchor);
        var due = job.Schedule.CountSlots(slots[0].First, last, context);
        var doubled = slots.Zip(slots.Skip(1)).LongCount(static pair => pair.Second.First <= pair.First.Last);
        return new SlotLedger(due, Math.Max(0, due - slots.Sum(static range => range.Count)), doubled);
    }

    public static SlotLedger operator +(SlotLedger one, SlotLedger other) => new(one.Due + other.Due, one.Lost + other.Lost, one.Doubled + other.Doubled);

    public override string ToString() => FormattableString.Invariant($"{Due} slots came due: {Lost} lost, {Doubled} doubled.");
}
