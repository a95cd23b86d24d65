using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;

namespace Scheduling.Core.Tests.Planning;

/// <summary>
/// The rules of design section 5 on plain lists: every due slot is written down, then the rules take what is theirs from the front. Slow and obvious; shares with the planner only the
/// schedule's <c>NextAfter</c>, <c>StartOf</c> and <c>WindowEnd</c>.
/// </summary>
internal static class ReferencePlanner
{
    public static string Plan(PlanCase work, Instant now, Duration threshold)
    {
        var due = DueSlots(work, now);
        var judged = work.HeldSince is { } held && held < now ? held : now;
        var parts = new List<string>();
        Take(due, parts, "Missed(WindowClosed)", slot => work.Schedule.WindowEnd(slot) <= now);
        Take(due, parts, "Missed(TooOld)", slot => work.Misfire.MaximumAge is { } age && judged - Start(slot) > age);
        if (due.Count > 0)
            Decide(work, due, parts, slot => judged - Start(slot) > threshold);
        return string.Join("; ", parts.Append(Next(work, due, now)));

        Instant Start(Instant slot) => work.Schedule.StartOf(slot, work.Context);
    }

    public static List<Instant> DueSlots(PlanCase work, Instant now)
    {
        var slots = new List<Instant>();
        for (var slot = work.NextSlot; slot is { } due && work.Schedule.StartOf(due, work.Context) <= now; slot = work.Schedule.NextAfter(due, work.Context))
            slots.Add(due);
        return slots;
    }

    private static void Decide(PlanCase work, List<Instant> due, List<string> parts, Predicate<Instant> isLate)
    {
        if (work.Open > 0 && work.Overlap != OverlapPolicy.Allow)
            TakeAll(due, parts, work.Overlap == OverlapPolicy.QueueOne && !work.HasQueued ? "Queue" : "Skipped(Overlap)");
        else if (!isLate(due[0]))
            TakeFirst(due, parts, "Run");
        else if (work.Misfire.Mode == MisfireMode.RunOnce || (work.Misfire.Mode == MisfireMode.RunAll && work.HasQueued))
            TakeAll(due, parts, "Run");
        else if (work.Misfire.Mode == MisfireMode.Skip)
            SkipLate(due, parts, isLate);
        else
            RunAll(due, parts, work.Misfire.MaximumRuns);
    }

    private static void SkipLate(List<Instant> due, List<string> parts, Predicate<Instant> isLate)
    {
        Take(due, parts, "Skipped(Misfire)", isLate);
        if (due.Count > 0)
            TakeFirst(due, parts, "Run");
    }

    private static void RunAll(List<Instant> due, List<string> parts, int most)
    {
        var tooMany = due.Count - most;
        Take(due, parts, "Missed(ChainLimit)", _ => tooMany-- > 0);
        TakeFirst(due, parts, "Run");
        while (due.Count > 0)
            TakeFirst(due, parts, "Chain");
    }

    private static void TakeAll(List<Instant> due, List<string> parts, string what) => Take(due, parts, what, static _ => true);

    private static void TakeFirst(List<Instant> due, List<string> parts, string what)
    {
        var first = true;
        Take(due, parts, what, _ => first && !(first = false));
    }

    private static void Take(List<Instant> due, List<string> parts, string what, Predicate<Instant> belongs)
    {
        var taken = due.TakeWhile(slot => belongs(slot)).ToList();
        due.RemoveRange(0, taken.Count);
        if (taken.Count > 0)
            parts.Add($"{what} {March.Text(new SlotRange(taken[0], taken[^1], taken.Count))}");
    }

    private static string Next(PlanCase work, List<Instant> left, Instant now)
    {
        Instant? next = left.Count > 0 ? left[0] : work.NextSlot;
        while (left.Count == 0 && next is { } slot && work.Schedule.StartOf(slot, work.Context) <= now)
            next = work.Schedule.NextAfter(slot, work.Context);
        return PlanText.Of(new DuePlan { NextSlot = next, NextStart = next is { } found ? work.Schedule.StartOf(found, work.Context) : null });
    }
}
